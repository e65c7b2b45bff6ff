-- Under which keys orders were placed, so that whoever asks again is answered again and places no second order.
-- Neither the key nor what was ordered is kept, only digests of them; whoever comes again brings both along. There is
-- no reference to the order, since a key is remembered although its order has been deleted.
create table order_key (
    tenant         uuid        not null,
    owner          uuid        not null,
    key_digest     text        not null,
    request_digest text        not null,
    number         bigint      not null,
    created_at     timestamptz not null,
    -- With the person in front: nobody finds out by trying which keys others have used.
    constraint order_key_is_one_for_each_person primary key (tenant, owner, key_digest),
    constraint order_key_digest_is_a_sha_256 check (key_digest ~ '^[0-9a-f]{64}$'),
    constraint order_key_request_is_a_sha_256 check (request_digest ~ '^[0-9a-f]{64}$'),
    constraint order_key_number_fits_an_id check (number between 1 and 9999999999)
);

create index order_key_by_age on order_key (created_at);

-- What was placed under a key is never changed.
grant select, insert, delete on order_key to "${applicationRole}";

-- A key is its person's, and says something only of an order that they have just placed.
alter table order_key enable row level security, force row level security;

create policy own_keys_are_read on order_key for select
    using ((tenant, owner) = (select w.tenant, w.person from identity.who w));
create policy own_keys_are_kept_with_their_orders on order_key for insert
    with check (
        (tenant, owner) = (select w.tenant, w.person from identity.who w where w.role in ('PM', 'Admin'))
        and number = currval('orders_number_seq'));
create policy old_keys_are_seen_by_the_system on order_key for select
    using (created_at < now() - interval '24 hours' and (select w.role = 'system' from identity.who w));
create policy old_keys_are_forgotten_by_the_system on order_key for delete
    using (created_at < now() - interval '24 hours' and (select w.role = 'system' from identity.who w));

-- An agent that may not place orders has no business with the keys under which its person has.
create policy agents_read_keys_if_they_may_place_orders on order_key as restrictive for select
    using ((select w.may like '%insert%' or w.role = 'system' from identity.who w));
create policy agents_keep_keys_if_they_may_place_orders on order_key as restrictive for insert
    with check ((select w.may like '%insert%' from identity.who w));
