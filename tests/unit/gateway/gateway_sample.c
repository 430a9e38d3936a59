/* SPDX-License-Identifier: Apache-2.0 */
/* The sample API's tables. Static. Also what the generator gives the real gateway: a document of its own. */
#include "gateway_sample.h"

#define D(message) &liangxin__sample__v1__##message##__descriptor

static const struct field_rule thing_rules[] = { { .field = "name", .required = true, .max_length = 5 } };
static const struct field_rule list_rules[] = { { .field = "limit", .bounded = true, .minimum = 0, .maximum = 200 } };
static const struct message_rules rules[] = { { D(thing), thing_rules, 1 }, { D(list_request), list_rules, 1 }, { 0 } };

const struct rpc_method sample_get = { .name = "sample.v1.Things/Get",
                                       .service = "sample",
                                       .effect = METHOD_READ,
                                       .budget_ms = 400,
                                       .request = D(get_request),
                                       .reply = D(thing),
                                       .rules = rules };
const struct rpc_method sample_list = { .name = "sample.v1.Things/List",
                                        .service = "sample",
                                        .effect = METHOD_READ,
                                        .budget_ms = 400,
                                        .open = true,
                                        .request = D(list_request),
                                        .reply = D(list_reply),
                                        .rules = rules };
const struct rpc_method sample_put = { .name = "sample.v1.Things/Put",
                                       .service = "sample",
                                       .effect = METHOD_COMMAND,
                                       .budget_ms = 400,
                                       .if_match = true,
                                       .request = D(thing),
                                       .reply = D(thing),
                                       .rules = rules };
const struct rpc_method sample_add = { .name = "sample.v1.Things/Add",
                                       .service = "sample",
                                       .effect = METHOD_COMMAND,
                                       .budget_ms = 1500,
                                       .request = D(thing),
                                       .reply = D(thing),
                                       .rules = rules };
const struct rpc_method sample_upload = { .name = "sample.v1.Things/Upload",
                                          .service = "sample",
                                          .effect = METHOD_COMMAND,
                                          .budget_ms = 400,
                                          .request = D(upload_request),
                                          .reply = D(thing),
                                          .rules = rules };
const struct rpc_method sample_put_file = { .name = "sample.v1.Things/PutFile",
                                            .service = "sample",
                                            .effect = METHOD_APPLY,
                                            .budget_ms = 1500,
                                            .request = D(file_request),
                                            .reply = D(thing),
                                            .rules = rules };
const struct rpc_method sample_get_file = { .name = "sample.v1.Things/GetFile",
                                            .service = "sample",
                                            .effect = METHOD_READ,
                                            .budget_ms = 1500,
                                            .request = D(file_request),
                                            .reply = D(file_reply),
                                            .rules = rules };
const struct rpc_method sample_exchange = { .name = "sample.v1.Accounts/Exchange",
                                            .service = "sample",
                                            .effect = METHOD_READ,
                                            .budget_ms = 400,
                                            .request = D(exchange_request),
                                            .reply = D(exchange_reply),
                                            .rules = rules };

const struct rpc_method sample_watch = { .name = "sample.v1.Things/Watch",
                                         .service = "sample",
                                         .permission = "thing.watch",
                                         .effect = METHOD_READ,
                                         .budget_ms = 400,
                                         .request = D(get_request),
                                         .reply = D(thing),
                                         .rules = rules };

const struct route sample_routes[] = {
    { "GET", "/api/v1/stream", &sample_watch, 200, NULL, true, NULL, NULL, true },
    { "GET", "/api/v1/things/latest", &sample_list, 200, NULL, false, NULL, NULL, false },
    { "GET", "/api/v1/things/{id}", &sample_get, 200, NULL, true, NULL, NULL, false },
    { "POST", "/api/v1/things/{id}/put", &sample_put, 200, NULL, false, NULL, NULL, false },
    { "POST", "/api/v1/things/{id}/content", &sample_upload, 204, "content", false, NULL, NULL, false },
    { "PUT", "/api/v1/things/{id}/file", &sample_put_file, 200, NULL, false, "data", NULL, false },
    { "GET", "/api/v1/things/{id}/file", &sample_get_file, 200, NULL, true, NULL, "data", false },
    { "GET", "/api/v1/things", &sample_list, 200, NULL, false, NULL, NULL, false },
    { "POST", "/api/v1/things", &sample_add, 201, NULL, false, NULL, NULL, false },
};
const size_t sample_routes_count = sizeof sample_routes / sizeof *sample_routes;

const char openapi_document[] = "{}";
const size_t openapi_document_size = sizeof openapi_document - 1;
