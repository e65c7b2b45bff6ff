-- What was decided in V5 and V6, with less work for each write.

-- Who may add which record, in one look at who is asking instead of two. Whoever asks is part of what
-- the record says: people their tenant and themselves, agents as themselves their tenant and nobody, and agents their own
-- name as well; the system adds the records of many at once.

drop policy records_are_added_by_whom_they_name on audit_record;
drop policy agents_add_records_that_name_them on audit_record;
create policy records_are_added_by_whom_they_name on audit_record for insert
    with check (
        jsonb_build_object('tenant', tenant, 'user', user_id, 'agent', agent) @> (
            select case
                when w.role = 'system' then '{}'
                when w.agent is null then jsonb_build_object('tenant', w.tenant, 'user', w.person)
                else jsonb_build_object('tenant', w.tenant, 'user', w.person, 'agent', w.agent)
            end
            from identity.who w));

-- One query where there were three.
create or replace function identity.enter(claims text, mac bytea) returns void
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    right_mac bytea;
    seal text;
    entered text;
begin
    select identity.mac(k, claims), identity.seal(k, claims) into right_mac, seal from identity.key k;
    if claims is null or mac is null or sha256(mac) is distinct from sha256(right_mac) then
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
        claims := set_config('identity.claims', claims, true);
        seal := set_config('identity.seal', seal, true);
    elsif regexp_replace(entered, '(\|[^|]*){2}$', '') <> regexp_replace(claims, '(\|[^|]*){2}$', '') then
        raise exception 'identity refused: another one has entered' using errcode = 'insufficient_privilege';
    end if;
end
$$;
