package dev.throughline.e2e;

/** The sample people, as the design names them. */
public enum Person {
    ADA("ada@contoso.example", "b1", "01"),
    ANA("ana@contoso.example", "b2", "01"),
    PAT("pat@contoso.example", "b3", "01"),
    VIC("vic@contoso.example", "b4", "01"),
    EVE("eve@fabrikam.example", "b5", "02");

    public final String login;
    public final String id;
    public final String tenant;

    Person(String login, String id, String tenant) {
        this.login = login;
        this.id = "c0ffee00-0000-4000-8000-0000000000" + id;
        this.tenant = "c0ffee00-0000-4000-8000-0000000000" + tenant;
    }
}
