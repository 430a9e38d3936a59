/* SPDX-License-Identifier: Apache-2.0 */
/* The directory: the copy of organizations and members that every service but organizations keeps
 * (migrations/shared/002_directory.sql). A service puts DIRECTORY_SUBSCRIPTIONS at the head of its table. */
#ifndef LIANGXIN_EVENTS_DIRECTORY_H
#define LIANGXIN_EVENTS_DIRECTORY_H

#include <liangxin/feed/v1/directory.pb-c.h>

#include "events/follower.h"

status_t directory_apply_organization(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);
status_t directory_apply_member(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);

/* The row of organizations alone, for a service that does more with members. */
#define DIRECTORY_ORGANIZATIONS                                                                                        \
    {                                                                                                                  \
        "organizations", "OrganizationRecorded", "organization",                                                       \
            &liangxin__feed__v1__organization_recorded__descriptor, directory_apply_organization                       \
    }

#define DIRECTORY_SUBSCRIPTIONS                                                                                        \
    DIRECTORY_ORGANIZATIONS,                                                                                           \
    {                                                                                                                  \
        "organizations", "MemberRecorded", "member", &liangxin__feed__v1__member_recorded__descriptor,                 \
            directory_apply_member                                                                                     \
    }

#endif
