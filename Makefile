# Benne: `make help` lists the targets; MODE picks the build, CC the compiler.
# A source file belongs to the program by standing in its folder; a test is any tests/**/test_*.c.

MODE ?= release
PREFIX ?= /usr/local
.DEFAULT_GOAL := all

# ---- Compilation ---------------------------------------------------------------------------------------
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
            -Wvla -Werror
# What gcc alone says and is left out: snprintf into a bounded text is meant to cut it; and under sanitizers
# gcc loses track of initialisations.
GCC := $(if $(findstring clang,$(CC)),,yes)
GCC_LENIENT := $(if $(GCC),-Wno-format-truncation)
# No contraction to fused operations: the same sums on every machine. No errno from mathematics: a square root
# is then one instruction.
STANDARD := -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -ffp-contract=off -fno-math-errno -pthread -I.
MODE_release := -O2 -g
MODE_debug := -Og -g -DBENNE_DEBUG
SANITIZED := -O1 -g -DBENNE_DEBUG -fno-omit-frame-pointer $(if $(GCC),-Wno-maybe-uninitialized)
MODE_asan := $(SANITIZED) -fsanitize=address,undefined -fno-sanitize-recover=all
MODE_tsan := $(SANITIZED) -fsanitize=thread
MODE_cover := -O0 -g --coverage
MODE_fuzz := $(MODE_asan) -fsanitize=fuzzer-no-link
ifndef MODE_$(MODE)
$(error MODE is one of debug, release, asan, tsan, cover)
endif
CFLAGS_ALL = $(STANDARD) $(WARNINGS) $(GCC_LENIENT) $(MODE_$(MODE)) $(CFLAGS)
LIBRARIES := -lglpk -lcsv -lcjson -lproj -lnettle -lexpat -lz -lm
COMPILER := $(filter-out cc gcc,$(notdir $(CC)))
BUILD := build/$(MODE)$(COMPILER:%=-%)

FOLDERS := $(wildcard solver io scenarios)
SOURCES := $(filter-out scenarios/main.c,$(shell find $(FOLDERS) -name '*.c' | LC_ALL=C sort))
SUPPORT := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
TESTS := $(patsubst %.c,$(BUILD)/%,$(shell find tests -name 'test_*.c' | LC_ALL=C sort))
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCHES := $(patsubst %.c,$(BUILD)/%,$(wildcard bench/bench_*.c))
BENCH_PARTS := $(patsubst %.c,$(BUILD)/%.o,$(wildcard bench/*/*.c))
BENCH_LIBRARY := $(BUILD)/libbench.a
BINARY := $(patsubst scenarios/main.c,$(BUILD)/benne,$(wildcard scenarios/main.c))
LIBRARY := $(BUILD)/libbenne.a
CATALOGUES := $(patsubst io/messages/%.po,$(BUILD)/locale/%/LC_MESSAGES/benne.mo,$(wildcard io/messages/*.po))
HEADERS := $(shell find $(FOLDERS) $(wildcard bench) tests -name '*.h' | LC_ALL=C sort)
LEAFLET := /usr/share/javascript/leaflet
ASSETS = $(wildcard io/report/assets/*) $(LEAFLET)/leaflet.min.js $(LEAFLET)/leaflet.css \
         $(addprefix $(LEAFLET)/images/,layers.png layers-2x.png marker-icon.png marker-shadow.png)

# All cores, unless the caller says how many.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif
MAKEFLAGS += --no-builtin-rules
SAY := $(if $(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS)))),@:,@echo)

all: $(BINARY) $(LIBRARY) $(CATALOGUES) ## build the program (MODE=debug|release|asan|tsan|cover)

$(BUILD)/benne: $(BUILD)/scenarios/main.o $(LIBRARY)
	$(SAY) "link $@"
	@$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBRARIES)

$(LIBRARY): $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/generated/assets.o
	@rm -f $@
	@ar rcs $@ $^

$(BENCH_LIBRARY): $(BENCH_PARTS)
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/%.o: %.c Makefile | $(BUILD)/.have
	@mkdir -p $(@D)
	$(SAY) "cc   $<"
	@$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# The report's own files and Leaflet, as C arrays.
$(BUILD)/generated/assets.c: Makefile $(wildcard io/report/assets/*) | $(BUILD)/.have
	@mkdir -p $(@D)
	@{ echo '#include "io/report/assets.h"'; echo '#include <string.h>'; i=0; \
	for file in $(ASSETS); do \
	    echo "static const unsigned char asset_$$i[] = {"; \
	    od -An -v -tu1 "$$file" | sed 's/[0-9][0-9]*/&,/g'; \
	    echo '};'; i=$$((i + 1)); \
	done; \
	echo 'bool asset_get(const char *name, const unsigned char **bytes, size_t *size) {'; i=0; \
	for file in $(ASSETS); do \
	    echo "if (strcmp(name, \"$${file##*/}\") == 0) { *bytes = asset_$$i; *size = sizeof asset_$$i; return true; }"; \
	    i=$$((i + 1)); \
	done; echo 'return false; }'; } > $@

$(BUILD)/generated/assets.o: $(BUILD)/generated/assets.c
	@$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/locale/%/LC_MESSAGES/benne.mo: io/messages/%.po | $(BUILD)/.have
	@mkdir -p $(@D)
	@msgfmt --check -o $@ $<

# ---- What must be installed ----------------------------------------------------------------------------
# One list for demo and test, so that whoever may not install is told once. A compiler of another name is the
# caller's own.
NEED_cc := gcc
NEED_clang := clang libclang-rt-14-dev
NEED := $(NEED_$(or $(COMPILER),cc)) libc6-dev libglpk-dev libcsv-dev libcjson-dev libproj-dev nettle-dev \
        libexpat1-dev zlib1g-dev libjs-leaflet libcmocka-dev gettext tzdata
build/.have-check: NEED += gcc clang clang-format clang-tidy
build/.have-valgrind: NEED += valgrind

$(BUILD)/.have build/.have-check build/.have-valgrind: .ci/need Makefile
	@mkdir -p $(@D)
	@.ci/need $(sort $(NEED))
	@touch $@

# ---- Tests ---------------------------------------------------------------------------------------------
$(TESTS): $(BUILD)/%: $(BUILD)/%.o $(SUPPORT) $(BENCH_LIBRARY) $(LIBRARY)
	@$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBRARIES) -lcmocka

$(BENCHES): $(BUILD)/%: $(BUILD)/%.o $(SUPPORT) $(BENCH_LIBRARY) $(LIBRARY)
	@$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBRARIES) -lcmocka

ifeq ($(MODE),fuzz)
$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(LIBRARY)
	@$(CC) $(CFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(LIBRARIES)
else
$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/tests/fuzz/replay.o $(LIBRARY)
	@$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBRARIES) -lcmocka
endif

# Their entry point is libFuzzer's, which has no header.
$(FUZZERS:%=%.o): WARNINGS += -Wno-missing-prototypes

# Each test leaves a log; the sum is taken once all have run.
LOGS := $(TESTS:%=%.log) $(FUZZERS:%=%.log)
$(LOGS): %.log: % $(BINARY) $(BENCHES) $(CATALOGUES) .always
	$(SAY) "test $(<:$(BUILD)/%=%)"
	@BENNE=$(BUILD)/benne $< > $@ 2>&1; echo "exit status $$?" >> $@

# Benchmarks in a small size, so that they never rot.
BENCH_LOGS := $(BENCHES:%=%.log)
$(BENCH_LOGS): %.log: % $(BINARY) .always
	$(SAY) "test $(<:$(BUILD)/%=%) --smoke"
	@BENNE=$(BUILD)/benne $< --smoke > $@ 2>&1; echo "exit status $$?" >> $@

test: $(LOGS) $(BENCH_LOGS) ## build and run every test, sum them up
	@tests/summary $(sort $(LOGS) $(BENCH_LOGS))

fuzz: ## run each fuzzer for FUZZ_SECONDS (10)
	@$(MAKE) --no-print-directory MODE=fuzz CC=clang fuzz-run

FUZZ_SECONDS ?= 10
fuzz-run: $(FUZZERS)
	@for fuzzer in $(FUZZERS); do \
	    name=$${fuzzer##*/fuzz_}; found=$(BUILD)/found/$$name; mkdir -p $$found; \
	    $$fuzzer -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
	        -artifact_prefix=$$found- $$found tests/fuzz/corpus/$$name > $$found.log 2>&1 || { tail -n 60 $$found.log; exit 1; }; \
	    echo "fuzz $$name: $$(sed -n 's/^stat::number_of_executed_units: *//p' $$found.log) inputs, no fault"; \
	done

bench: $(BENCHES) $(BINARY) ## run the benchmarks, all but the hours of bench-routing
	@for bench in $(filter-out %/bench_routing,$(BENCHES)); do echo "$$bench"; BENNE=$(BUILD)/benne $$bench || exit 1; done

bench-routing: $(BUILD)/bench/bench_routing $(BINARY) ## the routing protocol; OPTIONS='--family cvrp --budget 10'
	@BENNE=$(BINARY) $< --against bench/routing/last_run.jsonl $(OPTIONS)

demo: all ## plan the example city: a summary and the path of the report
	@$(BUILD)/benne plan scenarios/exemple -o runs/demo --time-limit 10

valgrind: all build/.have-valgrind ## the demo under valgrind
	valgrind --quiet --leak-check=full --error-exitcode=1 \
	    $(BUILD)/benne plan scenarios/exemple -o runs/valgrind --iterations 200

# ---- Checks --------------------------------------------------------------------------------------------
FORMATTED = $(shell find $(FOLDERS) $(wildcard bench) tests -name '*.[ch]')

layers: ## the include order of the folders, and one door a library
	@tests/layers

headers: build/.have-check ## each header compiles alone, with gcc and with clang
	@for cc in gcc clang; do \
	    printf '%s\n' $(HEADERS) | xargs -P$$(nproc) -I{} sh -c \
	        "printf '#include \"{}\"\ntypedef int unit;\n' | $$cc $(STANDARD) $(WARNINGS) -fsyntax-only -x c -" || exit 1; \
	done

format: build/.have-check ## format every C file in place
	@clang-format -i $(FORMATTED)

format-check: build/.have-check ## fail when a C file is not formatted
	@clang-format --dry-run -Werror $(FORMATTED)

LINTED := $(patsubst %.c,build/lint/%.ok,$(shell find $(FOLDERS) $(wildcard bench) tests -name '*.c' | LC_ALL=C sort))
$(LINTED): build/lint/%.ok: %.c .clang-tidy | build/.have-check
	@mkdir -p $(@D)
	@$(CC) $(STANDARD) -MM -MP -MT $@ -MF $(@:.ok=.d) $<
	@clang-tidy --quiet $< -- $(STANDARD) $(WARNINGS) 2> $@.log || { cat $@.log; exit 1; }
	@touch $@

lint: $(LINTED) ## static analysis by clang-tidy, no warning allowed

messages: $(BUILD)/.have ## bring the catalogues up to date with the sources
	@xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --package-name=benne --add-location=file --no-wrap \
	    -o build/benne.pot $(shell find $(FOLDERS) -name '*.[ch]' | LC_ALL=C sort)
	@for po in $(wildcard io/messages/*.po); do msgmerge --quiet --update --backup=none --add-location=file --no-wrap --no-fuzzy-matching $$po build/benne.pot; \
	    msgfmt --statistics -o /dev/null $$po; done

readme: all $(BUILD)/tests/scenarios/test_readme ## write what the README's worked example says now
	@BENNE=$(BUILD)/benne BENNE_UPDATE=1 $(BUILD)/tests/scenarios/test_readme

# ---- Installation --------------------------------------------------------------------------------------
install: all ## install under PREFIX (/usr/local), DESTDIR before it
	install -D -m 755 $(BUILD)/benne $(DESTDIR)$(PREFIX)/bin/benne
	for mo in $(CATALOGUES:$(BUILD)/%=%); do install -D -m 644 $(BUILD)/$$mo $(DESTDIR)$(PREFIX)/share/$$mo || exit 1; done
	for file in $$(find scenarios/exemple -type f); do \
	    install -D -m 644 $$file $(DESTDIR)$(PREFIX)/share/benne/$${file#scenarios/} || exit 1; done
	install -D -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/benne/LICENSE

clean: ## remove what was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16

.always:
.PHONY: all test fuzz fuzz-run bench bench-routing demo valgrind layers headers format format-check lint messages readme install clean help .always
.SECONDARY:

-include $(shell find $(BUILD) build/lint -name '*.d' 2>/dev/null)
