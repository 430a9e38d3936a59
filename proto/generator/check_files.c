/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for methods that carry a file in pieces. Reports only; owns nothing. */
#include "check.h"

#include "base/banned.h"

#define EFFECT(name) LIANGXIN__RPC__V1__EFFECT__EFFECT_##name

/* A field that the gateway reads or sets beside the bytes. */
struct beside {
    const char *name;
    FieldType type;
};

static bool
has_field(const struct message *message, const char *name, FieldType type)
{
    const struct field *field = message_field(message, name);

    return field && field->type == type && !field->repeated && !field->presence;
}

static const char *
upload_fault(const MethodRule *rule)
{
    if (*rule->raw_body || *rule->download)
        return "an upload has no raw_body and no download beside it";
    if (strcmp(rule->verb, "PUT") != 0 && strcmp(rule->verb, "POST") != 0)
        return "an upload is a PUT or a POST";
    if (rule->effect != EFFECT(APPLY))
        return "the effect of an upload is EFFECT_APPLY: each piece is a call, and none may harm twice";
    return rule->if_match ? "an upload takes no If-Match: a file's pieces have one version" : NULL;
}

static const char *
download_fault(const MethodRule *rule)
{
    if (strcmp(rule->verb, "GET") != 0)
        return "a download is a GET";
    return rule->success != 200 ? "a download succeeds with 200" : NULL;
}

static void
check_beside(const struct method *method, const struct message *message, const struct beside *list, size_t count,
             struct findings *findings)
{
    for (size_t i = 0; i < count; i++)
        if (!has_field(message, list[i].name, list[i].type))
            findings_add(findings, method->place, method->wire,
                         "%s carries a piece of a file and has no fitting field %s", message->local, list[i].name);
}

static void
check_upload(const struct method *method, struct findings *findings)
{
    const struct beside sent[] = { { method->rule->upload, TYPE(BYTES) },
                                   { "offset", TYPE(INT64) },
                                   { "last", TYPE(BOOL) } };
    const char *fault = upload_fault(method->rule);

    if (fault)
        findings_add(findings, method->place, method->wire, "%s", fault);
    check_beside(method, method->request, sent, sizeof sent / sizeof sent[0], findings);
}

static void
check_download(const struct method *method, struct findings *findings)
{
    const struct beside sent[] = { { "offset", TYPE(INT64) } };
    const struct beside answered[] = { { method->rule->download, TYPE(BYTES) },
                                       { "size", TYPE(INT64) },
                                       { "media_type", TYPE(STRING) },
                                       { "file_name", TYPE(STRING) } };
    const char *fault = download_fault(method->rule);

    if (fault)
        findings_add(findings, method->place, method->wire, "%s", fault);
    check_beside(method, method->request, sent, sizeof sent / sizeof sent[0], findings);
    check_beside(method, method->reply, answered, sizeof answered / sizeof answered[0], findings);
}

void
check_files(const struct method *method, struct findings *findings)
{
    if (*method->rule->upload)
        check_upload(method, findings);
    if (*method->rule->download)
        check_download(method, findings);
}
