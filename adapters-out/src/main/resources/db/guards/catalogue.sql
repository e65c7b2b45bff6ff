-- What the catalogue says of whatever keeps rows apart, as pairs of a name and a description. Parameters: the owner, the
-- application. Everybody may read the catalogue, the application too.
with
settings as (select ?::text as owner, ?::text as application),
schemas as (
    select n.oid, n.nspname, n.nspacl, n.nspowner from pg_catalog.pg_namespace n where n.nspname in ('public', 'identity')
),
relations as (
    select c.*, case when s.nspname = 'public' then '' else s.nspname || '.' end || c.relname as name
    from pg_catalog.pg_class c join schemas s on s.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
        and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e')
),
functions as (
    select p.*, s.nspname || '.' || p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')' as name
    from pg_catalog.pg_proc p join schemas s on s.oid = p.pronamespace
    where not exists (select from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e')
),
grants as (
    select 'grant on ' || r.name as name, a.grantee, a.privilege_type from relations r, aclexplode(r.relacl) a
    union all
    select 'grant on ' || r.name || '(' || c.attname || ')', a.grantee, a.privilege_type
    from relations r join pg_catalog.pg_attribute c on c.attrelid = r.oid, aclexplode(c.attacl) a
    union all
    select 'grant on ' || f.name, a.grantee, a.privilege_type
    from functions f, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
    union all
    select 'grant on schema ' || s.nspname, a.grantee, a.privilege_type
    from schemas s, aclexplode(coalesce(s.nspacl, acldefault('n', s.nspowner))) a
)
select 'schema version' as name, identity.schema_version() as description
union all
select 'relation ' || r.name,
    concat_ws(' ',
        case r.relkind when 'r' then 'table' when 'S' then 'sequence' when 'v' then 'view'
            else concat('kind ', r.relkind) end,
        'of', case when pg_catalog.pg_get_userbyid(r.relowner) = o.owner then 'the owner' else 'somebody else' end,
        case when r.relforcerowsecurity and r.relrowsecurity then 'with row-level security that is forced'
            when r.relrowsecurity then 'with row-level security that is not forced' end,
        case when r.relkind = 'v' then concat_ws(' ',
            array_to_string(r.reloptions, ' '),
            'sha256', encode(sha256(convert_to(pg_catalog.pg_get_viewdef(r.oid), 'UTF8')), 'hex')) end)
from relations r, settings o
union all
select 'policy ' || p.polname || ' on ' || r.name,
    concat_ws(' ',
        case when p.polpermissive then 'permissive' else 'restrictive' end,
        'for', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
            when 'd' then 'delete' else 'all' end,
        'to', case when p.polroles = '{0}' then 'everybody' else 'some' end,
        'using ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid),
        'with check ' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
from pg_catalog.pg_policy p join relations r on r.oid = p.polrelid
union all
select 'trigger ' || t.tgname || ' on ' || r.name,
    concat_ws(' ', case t.tgenabled when 'O' then 'enabled' when 'A' then 'enabled always' else 'disabled' end,
        pg_catalog.pg_get_triggerdef(t.oid))
from pg_catalog.pg_trigger t join relations r on r.oid = t.tgrelid where not t.tgisinternal
union all
select 'function ' || f.name,
    concat_ws(' ',
        'of', case when pg_catalog.pg_get_userbyid(f.proowner) = o.owner then 'the owner' else 'somebody else' end,
        case when f.prosecdef then 'as its owner' else 'as its caller' end,
        case f.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
        pg_catalog.array_to_string(f.proconfig, ' '),
        'sha256',
        encode(sha256(convert_to(coalesce(pg_catalog.pg_get_function_sqlbody(f.oid), f.prosrc), 'UTF8')), 'hex'))
from functions f, settings o
union all
select g.name || ' to ' || case when g.grantee = 0 then 'everybody' else 'the application' end,
    pg_catalog.string_agg(pg_catalog.lower(g.privilege_type), ' ' order by g.privilege_type)
from grants g, settings o
where g.grantee = 0 or pg_catalog.pg_get_userbyid(g.grantee) = o.application
group by g.name, g.grantee
order by 1
