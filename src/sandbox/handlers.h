// The handlers of the routes. The thread of the connection. Floor: sandbox.
#ifndef LODE_SANDBOX_HANDLERS_H
#define LODE_SANDBOX_HANDLERS_H

#include "sandbox/routes.h"

route_handler signin_handle;
route_handler search_contact_handle, search_company_handle;
route_handler enrich_contact_handle, enrich_company_handle;
route_handler lookup_handle, usage_handle;

// For tests, under /_sandbox/.
route_handler audit_handle, stats_handle, why_handle, ids_handle, reset_handle;
route_handler faults_show_handle, faults_set_handle;

#endif
