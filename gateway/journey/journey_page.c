/* SPDX-License-Identifier: Apache-2.0 */
/* A journey that ends at a page of the console. Loop thread; owns nothing. Nobody is charged: it costs less than to
 * refuse it, and an office behind one address opens it three hundred times at half past eight. */
#include "gateway/journey/journey_private.h"

#include "gateway/http/conditions.h"
#include "base/banned.h"

/* The word stands alone or with a quality other than 0; browsers say nothing finer. */
static bool
takes_gzip(const struct request *request)
{
    struct slice field = request->accept_encoding;
    const char *word = field.size ? memmem(field.data, field.size, "gzip", 4) : NULL;
    size_t rest = word ? field.size - (size_t)(word - field.data) : 0;

    return word && !(rest >= 8 && memcmp(word, "gzip;q=0", 8) == 0 && (rest == 8 || word[8] != '.'));
}

static void
fill(struct journey *journey, const struct page *page)
{
    struct response *response = &journey->response;
    bool packed = page->gzip.size && takes_gzip(&journey->request);

    response->content_type = page->content_type;
    response->body = packed ? page->gzip : page->plain;
    response->encoding = packed ? "gzip" : NULL;
    response->varies_by_encoding = page->gzip.size != 0;
    response->immutable = page->immutable;
    response->has_version = true;
    memcpy(response->mark, page->mark, sizeof page->mark);
}

bool
journey_serve_page(struct journey *journey)
{
    const struct page *page = NULL;

    if (journey->context->pages && slice_is(journey->request.verb, "GET"))
        page = pages_find(journey->context->pages, journey->request.path);
    if (!page)
        return false;
    fill(journey, page);
    if (conditions_unchanged(&journey->request, 0, page->mark)) {
        journey->response.content_type = NULL;
        journey->response.encoding = NULL;
        journey->response.body = slice_of("");
        journey_arrive(journey, 304);
    } else {
        journey_arrive(journey, 200);
    }
    return true;
}
