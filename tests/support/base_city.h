/* A small valid city with every file of the format, as texts: tests write it into a scratch folder, change
 * one thing and look at what the reader says. A header of data, so that fuzz targets can have it too. */
#ifndef BENNE_TESTS_SUPPORT_BASE_CITY_H
#define BENNE_TESTS_SUPPORT_BASE_CITY_H

struct base_city_file {
    const char *name, *text;
};

static const struct base_city_file base_city[] = {
    {"city.json",
     "{\n"
     "  \"name\": \"Petite ville\",\n"
     "  \"timezone\": \"Europe/Paris\",\n"
     "  \"start\": \"2026-11-23\",\n"
     "  \"days\": 7,\n"
     "  \"network\": {\n"
     "    \"straight_line\": {\"detour\": 1.3, \"speed_kmh\": 30},\n"
     "    \"profiles\": {\"light\": {\"detour\": 1.2, \"speed_kmh\": 40}}\n"
     "  },\n"
     "  \"prices\": {\"currency\": \"EUR\", \"fuel_per_litre\": 1.5, \"carbon_per_t\": 100},\n"
     "  \"emissions\": {\"diesel\": {\"kgco2e_per_litre\": 3.1, \"source\": \"Base Carbone\"}},\n"
     "  \"service\": {\"overflow_probability_max\": 0.05, \"overflow_cost\": 60},\n"
     "  \"rules\": \"rules\",\n"
     "  \"privacy\": {\"retention_days\": 730}\n"
     "}\n"},
    {"rules/working_time.json", "{\"week_max_h\": 48}\n"},
    {"depots.csv", "depot_id,lat,lon,name,opening\n"
                   "D1,47.20,-1.55,North,04:00-22:00\n"
                   "D2,47.25,-1.60,South,\n"},
    {"disposal_sites.csv",
     "site_id,lat,lon,name,streams,opening,unload_s,unload_s_per_t,fee_per_t,daily_limit_t\n"
     "S1,47.22,-1.50,Quay,glass,06:00-12:00 13:00-18:00,600,30,9.5,120\n"
     "S2,47.23,-1.70,Sorting,paper+card,07:00-17:00,600,,,\n"},
    {"vehicles.csv",
     "vehicle_id,depot_id,compartments,shift_start,shift_end,max_work_s,break_s,break_after_s,break_window,"
     "drivers,loaders,cost_per_km,cost_per_hour,overtime_from_s,overtime_cost_per_hour,energy,profile,tags,"
     "days\n"
     "V1,D1,glass:7000kg:20000l|paper+card:3t:12m3,06:00,14:00,28800,1200,21600,10:00-12:00,1,1,0.4,38,25200,"
     "57,"
     "diesel,,crane,Mon Tue Wed Thu Fri\n"
     "V2,D2,glass:7000kg:20000l,21:00,05:00,,,,,1,2,0.4,38,,,diesel,light,crane narrow,\n"},
    {"bins.csv",
     "bin_id,lat,lon,stream,capacity_l,kg_per_l,service_s,frequency,time_windows,side,access_tags,"
     "point_id,mandatory,address\n"
     "B1,47.21,-1.56,glass,4000,0.33,180,C0.5,06:00-12:00 13:00-18:00,both,,P1,0,Rue du Pr\xC3\xA9\n"
     "B2,47.22,-1.57,glass,4000,0.33,180,C2,,left,crane,P1,0,\n"
     "B3,47.23,-1.58,paper,3000,0.08,120,Mon Thu,,right,,,1,\"Place \"\"Royale\"\", 2\"\n"
     "B4,47.24,-1.59,glass,4000,0.33,180,lundi jeudi,,both,narrow,,0,\n"},
    {"readings.csv", "bin_id,timestamp,fill_percent\n"
                     "B1,2026-11-20T04:00:00+01:00,12\n"
                     "B2,2026-11-20T04:00:00+01:00,58.5\n"
                     "B1,2026-11-21T04:00:00+01:00,20\n"
                     "B3,2026-11-21T03:00:00Z,47\n"},
    {"emptyings.csv", "bin_id,timestamp,fill_percent,weight_kg\n"
                      "B1,2026-11-10T05:00:00+01:00,61,837\n"
                      "B4,2026-11-12T05:30:00+01:00,,\n"},
    {"requests.csv", "timestamp,bin_id,kind\n"
                     "2026-11-22T09:15:00+01:00,B2,overflow\n"},
    {"fixed_rounds.csv", "round_id,weekday,vehicle_id,sequence,bin_id\n"
                         "Mon-1,Mon,V1,1,B1\n"
                         "Mon-1,Mon,V1,2,B2\n"
                         "Thu-1,jeudi,V1,1,B3\n"},
    {"locks.csv", "bin_id,vehicle_id,position,after_bin_id\n"
                  "B1,V1,first,\n"
                  "B2,V1,,B1\n"
                  "B3,,-2,\n"},
    {"actuals.csv", "date,round_id,km,hours,litres,tonnes,emptied,overflows,incidents\n"
                    "2026-11-16,Mon-1,42.5,6.25,21,1.8,2,0,0\n"
                    "2026-11-19,Thu-1,30,5,,,,,\n"},
    {"agents.csv", "agent_id,role,birth_month,status,category,service_start,weekly_hours,work_share,skills,"
                   "licence_valid_until\n"
                   "A1,driver,1988-08,titulaire,active,2008-04-01,35,1,C FIMO,2027-06-30\n"
                   "A2,loader,1996-06,contractuel,sedentary,2020-02-29,35,0.8,,\n"},
    {"absences.csv", "agent_id,start,end,class\n"
                     "A2,2026-10-01,2026-10-03,court\n"
                     "A2,2025-12-01,2025-12-20,long\n"},
    {"leave.csv", "agent_id,start,end,class\n"
                  "A1,2026-12-21,2026-12-31,annual\n"},
    {"calendar.csv", "date;kind;label;demand_factor\n"
                     "25/12/2026;holiday;No\xC3\xABl;1,0\n"
                     "26/12/2026;event;Lendemain;1,6\n"
                     "24/11/2026;strike;Pr\xC3\xA9"
                     "avis;\n"},
    {"survey.csv", "wave,group,question,score,respondents\n"
                   "before,agents,workload,6.5,12\n"},
};

#endif
