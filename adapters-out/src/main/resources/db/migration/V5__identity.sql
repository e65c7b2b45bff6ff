-- Who is asking, known to the database itself: rows of people are there for whom they belong to, whatever a statement
-- says. Runs as the owner of the tables, ${ownerRole}, whom nobody can log in as.

do $$
begin
    if exists (
        select from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
            and c.relowner <> current_user::regrole)
    then
        raise exception 'What is in the schema "public" must belong to %: let an administrator hand it over'
            ' (docs/configuration.md)', current_user;
    end if;
    -- Whoever can make tables of their own could put one in the place of ours, on a connection that others use after
    -- them. The start looks whether this has come to pass; it needs the database's owner.
    execute format('revoke temporary, create on database %I from public', current_database());
    revoke create on schema public from public;
end
$$;

create schema identity;
grant usage on schema identity to "${applicationRole}";

-- The key that the server knows and statements do not: HMAC's two padded blocks, so that sha256() is all it takes.
create table identity.key (
    only_one boolean primary key default true,
    inner_pad bytea not null,
    outer_pad bytea not null,
    constraint key_is_only_one check (only_one),
    constraint key_is_of_two_blocks check (length(inner_pad) = 64 and length(outer_pad) = 64)
);

-- HMAC-SHA-256 (RFC 2104).
create function identity.mac(k identity.key, message text) returns bytea
    language sql stable parallel safe
    return sha256(k.outer_pad || sha256(k.inner_pad || convert_to(message, 'UTF8')));

-- Under which the claims are kept until the transaction ends: of no use in another one, or on another connection.
create function identity.seal(k identity.key, claims text) returns text
    language sql stable parallel restricted
    return encode(
        identity.mac(k, concat_ws('|', 'kept', pg_backend_pid(), extract(epoch from transaction_timestamp()), claims)),
        'hex');

-- Whose transaction this is: one row; none where nobody has entered, so that no condition on it holds. A view reads the
-- key as its owner for whoever may read only the view, and the planner makes it a part of the policies, which ask several
-- times in each statement: a function would cost more. Texts of MACs are compared by their hashes, so that the time it
-- takes tells nothing.
create view identity.who as
    select
        nullif(split_part(c.claims, '|', 2), '')::uuid as tenant,
        nullif(split_part(c.claims, '|', 3), '')::uuid as person,
        split_part(c.claims, '|', 4) as role,
        split_part(c.claims, '|', 5) as may,
        nullif(convert_from(decode(split_part(c.claims, '|', 6), 'hex'), 'UTF8'), '') as agent,
        split_part(c.claims, '|', 7)::uuid as transaction,
        c.claims
    from identity.key k, lateral (select current_setting('identity.claims', true) as claims) c
    where sha256(convert_to(current_setting('identity.seal', true), 'UTF8'))
        = sha256(convert_to(identity.seal(k, c.claims), 'UTF8'));

-- The first statement of every transaction. The claims are, with | between them: the form, tenant, person, role, what of
-- read, insert, update and delete the agent's grant leaves, the agent's name in hexadecimal, the transaction's own
-- number, and the second at which they were made.
create function identity.enter(claims text, mac bytea) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    k identity.key;
    entered text;
begin
    select * into k from identity.key;
    if claims is null or mac is null or sha256(mac) is distinct from sha256(identity.mac(k, claims)) then
        raise exception 'identity refused: not made with the key' using errcode = 'insufficient_privilege';
    end if;
    if split_part(claims, '|', 1) <> '1' or array_length(string_to_array(claims, '|'), 1) <> 8 then
        raise exception 'identity refused: of another form' using errcode = 'insufficient_privilege';
    end if;
    if abs(extract(epoch from clock_timestamp()) - split_part(claims, '|', 8)::bigint) > 300 then
        raise exception 'identity refused: not of now' using errcode = 'insufficient_privilege';
    end if;
    if current_setting('identity.seal', true) <> '' then
        select w.claims into entered from identity.who w;
    end if;
    if entered is null then
        perform set_config('identity.claims', claims, true), set_config('identity.seal', identity.seal(k, claims), true);
    elsif regexp_replace(entered, '(\|[^|]*){2}$', '') <> regexp_replace(claims, '(\|[^|]*){2}$', '') then
        raise exception 'identity refused: another one has entered' using errcode = 'insufficient_privilege';
    end if;
end
$$;

-- By which a server that may not look into Flyway's table knows whether the schema is the one that it was made for.
create function identity.schema_version() returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select h.version from public.flyway_schema_history h
    where h.success and h.version is not null order by h.installed_rank desc limit 1
$$;

revoke execute on all functions in schema identity from public;
-- The two that make MACs are of no use without the key; they are the view's, and run as whoever reads it.
grant execute on function
    identity.enter(text, bytea), identity.mac(identity.key, text), identity.seal(identity.key, text),
    identity.schema_version() to "${applicationRole}";
grant select on identity.who to "${applicationRole}";

-- A run is its conversation's person's; that it stays so is the foreign key's business, which thereby tells nobody
-- whether there is a conversation of somebody else.
alter table run add column tenant uuid, add column owner uuid;
update run set tenant = c.tenant, owner = c.owner from conversation c where c.id = run.conversation;
alter table conversation add constraint conversation_is_of_one_person unique (id, tenant, owner);
alter table run
    alter column tenant set not null,
    alter column owner set not null,
    drop constraint run_conversation_fkey,
    add constraint run_is_of_its_conversations_person
        foreign key (conversation, tenant, owner) references conversation (id, tenant, owner) on delete cascade;

-- What a row's person is can never change, nor what an order's number is.
revoke update on orders, conversation from "${applicationRole}";
grant update (customer_name, product, quantity, status, version) on orders to "${applicationRole}";
grant update (agent, title, last_response, waiting, changed_at, version) on conversation to "${applicationRole}";

-- Policies: what is allowed, and ("as restrictive") what is needed besides. FORCE binds the owner, too. Every look at
-- identity.who stands in a subquery of its own, so that a statement makes it once and not for every row.

alter table orders enable row level security, force row level security;
alter table conversation enable row level security, force row level security;
alter table run enable row level security, force row level security;
alter table approval enable row level security, force row level security;
alter table consent enable row level security, force row level security;
alter table tool_call enable row level security, force row level security;

-- Orders: what the role allows and, of that, what the agent's grant leaves, in one look at who is asking: a change makes
-- it three times, and a policy for the agent alone as often again.
-- Own rows or the tenant's, as one condition that the planner takes to hold mostly: two of them, joined by "or", or one
-- that it takes to hold seldom, would lead it away from the index that keeps the order of a page.
create policy orders_are_read on orders for select
    using (strpos(tenant || '/' || owner, (
        select w.tenant || '/' || case when w.role = 'Viewer' then w.person::text else '' end from identity.who w
        where w.role in ('Viewer', 'Analyst', 'PM', 'Admin') and strpos(w.may, 'read') <> 0)) <> 0);
-- A person is of one tenant, which the planner else does not know, and so takes a person's rows for few.
create statistics orders_of_one_person (dependencies) on tenant, owner from orders;
create statistics conversations_of_one_person (dependencies) on tenant, owner from conversation;
create statistics approvals_of_one_person (dependencies) on tenant, owner from approval;
-- The number is the one that was drawn: that another is taken already would tell of somebody else's order.
create policy orders_are_placed on orders for insert
    with check (
        (tenant, owner) = (
            select w.tenant, w.person from identity.who w
            where w.role in ('PM', 'Admin') and strpos(w.may, 'insert') <> 0)
        and number = currval('orders_number_seq'));
-- The row that comes of it has the same tenant and owner, which cannot be updated, and has to be one that may be read.
create policy orders_are_amended on orders for update
    using (tenant = (
        select w.tenant from identity.who w where w.role in ('PM', 'Admin') and strpos(w.may, 'update') <> 0))
    with check (true);
create policy orders_are_deleted on orders for delete
    using (tenant = (select w.tenant from identity.who w where w.role = 'Admin' and strpos(w.may, 'delete') <> 0));

create policy conversations_are_their_persons on conversation
    using ((tenant, owner) = (select w.tenant, w.person from identity.who w));
create policy conversations_are_no_agents on conversation as restrictive
    using ((select w.agent is null from identity.who w));

create policy runs_are_their_persons on run
    using ((tenant, owner) = (select w.tenant, w.person from identity.who w));
create policy runs_are_no_agents on run as restrictive
    using ((select w.agent is null from identity.who w));

create policy own_approvals_are_read on approval for select
    using ((tenant, owner) = (select w.tenant, w.person from identity.who w));
create policy own_approvals_are_asked_for on approval for insert
    with check ((tenant, owner) = (select w.tenant, w.person from identity.who w));
create policy own_approvals_are_answered on approval for update
    using ((tenant, owner) = (select w.tenant, w.person from identity.who w));
create policy expired_approvals_are_seen_by_the_system on approval for select
    using (expires_at < now() and (select w.role = 'system' from identity.who w));
create policy expired_approvals_are_forgotten_by_the_system on approval for delete
    using (expires_at < now() and (select w.role = 'system' from identity.who w));
-- An agent can use up what its person has approved, and nothing else.
create policy agents_see_approvals_of_their_own on approval as restrictive for select
    using ((agent = (select w.agent from identity.who w)) is not false);
create policy agents_ask_for_no_approval on approval as restrictive for insert
    with check ((select w.agent is null from identity.who w));
create policy agents_use_approvals_up on approval as restrictive for update
    using ((select w.agent is null from identity.who w)
        or (state = 'approved' and agent = (select w.agent from identity.who w)))
    with check ((select w.agent is null from identity.who w) or state = 'used');

create policy own_consents_are_read on consent for select
    using ((tenant, owner) = (select w.tenant, w.person from identity.who w));
create policy own_consents_are_asked_for on consent for insert
    with check ((tenant, owner) = (select w.tenant, w.person from identity.who w));
create policy own_consents_are_decided on consent for update
    using ((tenant, owner) = (select w.tenant, w.person from identity.who w));
create policy consents_are_no_agents on consent as restrictive
    using ((select w.agent is null from identity.who w));

create policy own_tool_calls_are_read on tool_call for select
    using ((tenant, user_id) = (select w.tenant, w.person from identity.who w));
create policy own_tool_calls_are_recorded on tool_call for insert
    with check ((tenant, user_id) = (select w.tenant, w.person from identity.who w));
create policy own_tool_calls_are_claimed on tool_call for update
    using ((tenant, user_id) = (select w.tenant, w.person from identity.who w));
-- Those of many people are recorded at once, and those of agents as themselves are nobody's.
create policy tool_calls_are_recorded_by_the_system on tool_call for insert
    with check ((select w.role = 'system' from identity.who w));
create policy tool_calls_of_nobody_are_seen_by_the_system on tool_call for select
    using ((user_id is null or at < now() - interval '1 hour')
        and (select w.role = 'system' from identity.who w));
create policy tool_calls_of_nobody_are_claimed_by_the_system on tool_call for update
    using (user_id is null and (select w.role = 'system' from identity.who w));
create policy old_tool_calls_are_forgotten_by_the_system on tool_call for delete
    using (at < now() - interval '1 hour' and (select w.role = 'system' from identity.who w));
create policy tool_calls_are_no_agents on tool_call as restrictive
    using ((select w.agent is null from identity.who w));
