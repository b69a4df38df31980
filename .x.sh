W="-std=c11 -O1 -g -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror"
for f in "$@"; do gcc $W -c $f -o /tmp/x.o || exit 1; clang $W -c $f -o /tmp/x.o || exit 1; done
