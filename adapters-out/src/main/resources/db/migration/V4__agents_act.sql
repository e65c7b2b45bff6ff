-- Agents act: what people are asked to approve, whom they let act for them, and what became of each run.
-- JSON is kept as text, in the order in which it was written, since people are shown it in that order; and jsonb refuses
-- U+0000, which an agent can send.

create table approval (
    id               uuid        primary key,
    tenant           uuid        not null,
    owner            uuid        not null,
    agent            text        not null,
    action           text        not null,
    arguments_digest text        not null,
    version          bigint,
    policy_version   text        not null,
    arguments        text        not null,
    before           text,
    after            text,
    state            text        not null,
    asked_at         timestamptz not null,
    expires_at       timestamptz not null,
    constraint approval_digest_is_a_sha_256 check (arguments_digest ~ '^[0-9a-f]{64}$'),
    constraint approval_version_counts_up check (version >= 1),
    constraint approval_arguments_are_json check (arguments::json is not null),
    constraint approval_before_is_json check (before is null or before::json is not null),
    constraint approval_after_is_json check (after is null or after::json is not null),
    constraint approval_state_is_known check (state in ('pending', 'approved', 'denied', 'used')),
    constraint approval_expires_after_it_was_asked check (expires_at > asked_at)
);

create index approval_by_proposal on approval (tenant, owner, agent, action, arguments_digest, expires_at);
create index approval_pending_by_agent on approval (tenant, owner, agent, expires_at) where state = 'pending';
create index approval_by_owner on approval (tenant, owner, asked_at, id);
create index approval_by_age on approval (expires_at);

create table consent (
    id         uuid        primary key,
    tenant     uuid        not null,
    owner      uuid        not null,
    agent      text        not null,
    scopes     text        not null,
    state      text        not null,
    changed_at timestamptz not null,
    -- Also the index by which every call of an agent is checked.
    constraint consent_is_one_for_each_agent unique (tenant, owner, agent),
    constraint consent_state_is_known check (state in ('asked', 'allowed', 'denied', 'revoked'))
);

-- A message that waited was a plain text, without the request that it waited for: it cannot be resumed any more, but it
-- is what its person knows the conversation by. Of when it began nothing is known.
alter table conversation
    add column title      text,
    add column created_at timestamptz,
    add column changed_at timestamptz;
update conversation set
    title = coalesce(
        nullif(left(btrim(regexp_replace(waiting, '\s+', ' ', 'g')), 80), ''),
        'Conversation with ' || agent),
    created_at = now(),
    changed_at = now();
alter table conversation
    drop column waiting,
    add column waiting text,
    alter column title set not null,
    alter column created_at set not null,
    alter column changed_at set not null,
    add constraint conversation_title_is_short check (char_length(title) <= 80),
    add constraint conversation_waiting_is_json check (waiting is null or waiting::json is not null);

create index conversation_by_owner on conversation (tenant, owner, changed_at, id);

create table run (
    id           uuid        primary key,
    conversation uuid        not null references conversation on delete cascade,
    at           timestamptz not null,
    message      text,
    answer       text        not null,
    tools        text        not null,
    outcome      text        not null,
    detail       text,
    hops         text        not null,
    constraint run_tools_are_json check (tools::json is not null),
    constraint run_hops_are_json check (hops::json is not null)
);

create index run_by_conversation on run (conversation, at, id);

alter table tool_call add column approval uuid;

-- What was asked is never changed; only how far it has come.
grant select, insert, delete, update (state) on approval to "${applicationRole}";
-- An entry of the ledger never changes hands and is never forgotten.
grant select, insert, update (scopes, state, changed_at) on consent to "${applicationRole}";
grant select, insert, delete, update (at, message, answer, tools, outcome, detail, hops) on run to "${applicationRole}";
