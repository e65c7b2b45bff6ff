-- What was decided and what came of it, for good. A record can be added and read; nobody changes or removes one, not even
-- ${ownerRole}. The server chains the records behind it, in tables of their own, so that nobody who acts waits for that.

-- A record is one line of JSON in ASCII, without white space, of members that are no objects and have a name each of
-- their own: first an id of version 7 and a moment.
create function audit_record_is_one(id uuid, body json) returns boolean
    language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
begin
    return left(body::text, 44) = '{"id":"' || id || '"'
        and substr(id::text, 15, 1) = '7'
        and translate(substr(body::text, 45, 35), '123456789', '000000000') = ',"at":"0000-00-00T00:00:00.000000Z"'
        and substr(body::text, 80) ~ '^(,"[a-z_]+":("([^"\\[:cntrl:]]|\\.)*"|\d+|[tf][a-z]+))+\}$'
        and octet_length(body::text) = length(body::text)
        and octet_length(body::text) <= 8192
        and body is json object with unique keys;
end
$$;

-- The body is the record; the other columns are read from it, so that they cannot say anything else. It is of type json,
-- which keeps every byte.
create table audit_record (
    id           uuid primary key,
    body         json not null,
    tenant       uuid not null generated always as ((body ->> 'tenant')::uuid) stored,
    user_id      uuid generated always as ((body ->> 'user')::uuid) stored,
    agent        text generated always as (body ->> 'agent') stored,
    resource     text generated always as (body ->> 'resource') stored,
    conversation uuid generated always as ((body ->> 'conversation')::uuid) stored,
    run          uuid generated always as ((body ->> 'run')::uuid) stored,
    request      uuid generated always as ((body ->> 'request')::uuid) stored,
    joins        uuid generated always as ((body ->> 'joins')::uuid) stored,
    constraint audit_record_is_one check (audit_record_is_one(id, body))
);

-- One index for each way to look records up, the newest first.
create index audit_record_by_tenant on audit_record (tenant, id);
create index audit_record_by_user on audit_record (tenant, user_id, id) where user_id is not null;
create index audit_record_by_agent on audit_record (tenant, agent, id) where agent is not null;
create index audit_record_by_resource on audit_record (tenant, resource, id) where resource is not null;
create index audit_record_by_conversation on audit_record (tenant, conversation, id) where conversation is not null;
create index audit_record_by_run on audit_record (tenant, run, id) where run is not null;
create index audit_record_by_request on audit_record (tenant, request, id) where request is not null;
create index audit_record_by_joined_request on audit_record (tenant, joins, id) where joins is not null;

-- The records that are not in the chain yet. Rows come and go here all the time.
create table audit_unsealed (
    id uuid primary key
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- The records' places in the chain, without gaps. No foreign key: records do not go away, and a lock on each of them
-- would write them a second time.
create table audit_seal (
    seq    bigint primary key,
    record uuid   not null unique,
    leaf   bytea  not null,
    chain  bytea  not null,
    constraint audit_seal_counts_from_one check (seq >= 1),
    constraint audit_seal_has_hashes check (length(leaf) = 32 and length(chain) = 32)
);

create table audit_checkpoint (
    size     bigint      primary key,
    at       timestamptz not null,
    note     text        not null,
    frontier bytea       not null,
    constraint audit_checkpoint_has_a_size check (size >= 0),
    constraint audit_checkpoint_has_hashes check (length(frontier) % 32 = 0)
);

-- The owner's, so that whoever adds a record queues it without being able to touch the queue.
create function audit_record_is_to_be_sealed() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into public.audit_unsealed (id) select a.id from added a;
    return null;
end
$$;

create function audit_is_append_only() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception 'The audit log is only ever added to: no % of %', lower(tg_op), tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_record_is_to_be_sealed after insert on audit_record
    referencing new table as added for each statement execute function audit_record_is_to_be_sealed();
create trigger audit_record_is_append_only before update or delete or truncate on audit_record
    for each statement execute function audit_is_append_only();
create trigger audit_seal_is_append_only before update or delete or truncate on audit_seal
    for each statement execute function audit_is_append_only();
create trigger audit_checkpoint_is_append_only before update or delete or truncate on audit_checkpoint
    for each statement execute function audit_is_append_only();
create trigger audit_unsealed_is_a_queue before update or truncate on audit_unsealed
    for each statement execute function audit_is_append_only();

-- Also on a connection that takes itself for that of a replica, where triggers else are silent.
alter table audit_record
    enable always trigger audit_record_is_to_be_sealed, enable always trigger audit_record_is_append_only;
alter table audit_seal enable always trigger audit_seal_is_append_only;
alter table audit_checkpoint enable always trigger audit_checkpoint_is_append_only;
alter table audit_unsealed enable always trigger audit_unsealed_is_a_queue;

revoke execute on function
    audit_record_is_one(uuid, json), audit_record_is_to_be_sealed(), audit_is_append_only() from public;
grant execute on function audit_record_is_one(uuid, json) to "${applicationRole}";

grant select, insert (id, body) on audit_record to "${applicationRole}";
grant select, insert on audit_seal, audit_checkpoint to "${applicationRole}";
grant select, delete on audit_unsealed to "${applicationRole}";

alter table audit_record enable row level security, force row level security;
alter table audit_unsealed enable row level security, force row level security;
alter table audit_seal enable row level security, force row level security;
alter table audit_checkpoint enable row level security, force row level security;

-- People, and agents as themselves, add records of themselves; the system adds those of many at once.
create policy records_are_added_by_whom_they_name on audit_record for insert
    with check (
        (tenant, user_id is null, coalesce(user_id, tenant))
            = (select w.tenant, w.person is null, coalesce(w.person, w.tenant) from identity.who w)
        or (select w.role = 'system' from identity.who w));
create policy agents_add_records_that_name_them on audit_record as restrictive for insert
    with check ((select w.agent is null from identity.who w) or agent = (select w.agent from identity.who w));
create policy records_are_read_by_administrators on audit_record for select
    using (tenant = (select w.tenant from identity.who w where w.role = 'Admin' and w.agent is null));
create policy records_are_read_by_the_system on audit_record for select
    using ((select w.role = 'system' from identity.who w));

create policy records_are_queued_by_the_trigger on audit_unsealed for insert to "${ownerRole}" with check (true);
create policy the_queue_is_read_by_the_system on audit_unsealed for select
    using ((select w.role = 'system' from identity.who w));
create policy the_queue_is_emptied_by_the_system on audit_unsealed for delete
    using ((select w.role = 'system' from identity.who w));

-- Seals and checkpoints are hashes, places and signatures: they say nothing of anybody.
create policy seals_are_added_by_the_system on audit_seal for insert
    with check ((select w.role = 'system' from identity.who w));
create policy seals_are_read_by_administrators on audit_seal for select
    using ((select w.role = 'system' or (w.role = 'Admin' and w.agent is null) from identity.who w));
create policy checkpoints_are_added_by_the_system on audit_checkpoint for insert
    with check ((select w.role = 'system' from identity.who w));
create policy checkpoints_are_read_by_administrators on audit_checkpoint for select
    using ((select w.role = 'system' or (w.role = 'Admin' and w.agent is null) from identity.who w));

-- By which the records of a call are found by whoever joins it to a turn.
alter table tool_call add column request uuid;
