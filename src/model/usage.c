// The account's meters and what the wire calls them. Any thread. Floor: model.
#include "model/usage.h"

const struct meter_def *meter_defs(void)
{
    static const struct meter_def defs[METERS] = {
        [METER_CREDITS] = {"credits", "uniqueIdLimit", "Unique-Id",
                           "records bought in the last 12 months, one credit each"},
        [METER_RECORDS] = {"records", "recordLimit", "Record",
                           "records answered by enrich calls, new or owned"},
        [METER_REQUESTS] = {"requests", "requestLimit", "Request", "calls of the API"},
        [METER_WEBSIGHTS_RECORDS] = {"websights-records", "webSightsApiRecordLimit",
                                     "Websights-Api-Record", "visitors matched by WebSights"},
        [METER_WEBSIGHTS_REQUESTS] = {"websights-requests", "webSightsApiRequestLimit",
                                      "Websights-Api-Request", "calls of WebSights"},
    };

    return defs;
}
