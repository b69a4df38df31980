/* The parts of the report, in the order of the page; each writes one <section> with its heading. */
#ifndef BENNE_IO_REPORT_SECTIONS_H
#define BENNE_IO_REPORT_SECTIONS_H

#include "io/report/page.h"

void section_verdict(struct page *page); /* title, day, what the checker says, what breaks rules */
void section_figures(struct page *page); /* plan beside current practice */
void section_map(struct page *page);     /* the frame of the map and its list of layers */
void section_routes(struct page *page);  /* timeline, a row a vehicle, every stop */
void section_costs(struct page *page);   /* cost by part, plan and practice */
void section_service(struct page *page); /* fill at emptying, risk, expected overflows by day */
void section_choice(struct page *page);  /* why these bins, which are left */
void section_staff(struct page *page);   /* posts, agents, gap */
void section_data(struct page *page);    /* where levels come from, sensor faults, warnings, assumptions */
void section_method(struct page *page);  /* how a bin is chosen, who decides, how to make the run again */

/* The data of the map as JSON, safe inside a script element. */
error_code map_data_write(struct page *page, struct error *error) ERROR_CHECKED;

struct json;

/* The roads under the map, into the map's data: map_roads.c. */
void map_roads_put(struct page *page, struct json *root);

#endif
