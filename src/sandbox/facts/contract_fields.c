// The lists of input and output fields, as embedded from tests/contract. Any thread.
// Floor: sandbox/facts.
#include "sandbox/facts/contract.h"

#include "base/mem.h"
#include "base/str.h"

// clang-format off
#define LISTS(X) \
    X(inputfields_company_master_enrich, "inputfields/company-master/enrich") \
    X(inputfields_company_enrich, "inputfields/company/enrich") \
    X(inputfields_company_search, "inputfields/company/search") \
    X(inputfields_compliance_enrich, "inputfields/compliance/enrich") \
    X(inputfields_contact_enrich, "inputfields/contact/enrich") \
    X(inputfields_contact_search, "inputfields/contact/search") \
    X(inputfields_corporatehierarchy_enrich, "inputfields/corporatehierarchy/enrich") \
    X(inputfields_hashtag_enrich, "inputfields/hashtag/enrich") \
    X(inputfields_intent_enrich, "inputfields/intent/enrich") \
    X(inputfields_intent_search, "inputfields/intent/search") \
    X(inputfields_ip_enrich, "inputfields/ip/enrich") \
    X(inputfields_location_enrich, "inputfields/location/enrich") \
    X(inputfields_news_enrich, "inputfields/news/enrich") \
    X(inputfields_news_search, "inputfields/news/search") \
    X(inputfields_orgchart_enrich, "inputfields/orgchart/enrich") \
    X(inputfields_scoop_enrich, "inputfields/scoop/enrich") \
    X(inputfields_scoop_search, "inputfields/scoop/search") \
    X(inputfields_tech_enrich, "inputfields/tech/enrich") \
    X(outputfields_company_master_enrich, "outputfields/company-master/enrich") \
    X(outputfields_company_enrich, "outputfields/company/enrich") \
    X(outputfields_company_search, "outputfields/company/search") \
    X(outputfields_compliance_enrich, "outputfields/compliance/enrich") \
    X(outputfields_contact_enrich, "outputfields/contact/enrich") \
    X(outputfields_contact_search, "outputfields/contact/search") \
    X(outputfields_corporatehierarchy_enrich, "outputfields/corporatehierarchy/enrich") \
    X(outputfields_intent_enrich, "outputfields/intent/enrich") \
    X(outputfields_intent_search, "outputfields/intent/search") \
    X(outputfields_ip_enrich, "outputfields/ip/enrich") \
    X(outputfields_location_enrich, "outputfields/location/enrich") \
    X(outputfields_news_enrich, "outputfields/news/enrich") \
    X(outputfields_news_search, "outputfields/news/search") \
    X(outputfields_orgchart_enrich, "outputfields/orgchart/enrich") \
    X(outputfields_scoop_enrich, "outputfields/scoop/enrich") \
    X(outputfields_scoop_search, "outputfields/scoop/search")
// clang-format on

#define DECLARE(symbol, name) extern const unsigned char contract_##symbol[];
LISTS(DECLARE)

static const struct {
    const char *name;
    const unsigned char *text;
} lists[] = {
#define ROW(symbol, name) {name, contract_##symbol},
    LISTS(ROW)};

const char *contract_fields(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        if (str_eq_case(lists[i].name, name))
            return (const char *)lists[i].text;
    }
    return NULL;
}
