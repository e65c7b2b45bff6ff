package dev.throughline.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Decision;
import dev.throughline.access.DenyReason;
import dev.throughline.in.security.Challenges;
import dev.throughline.order.Orders;
import dev.throughline.trail.AuditRecords;
import java.util.Set;

/** The hexagon as rules, each with its reason. A rule over nothing fails, so none can rot away. */
@AnalyzeClasses(packages = "dev.throughline", importOptions = ImportOption.DoNotIncludeTests.class)
class HexagonTest {
    private static final String[] DOMAIN = {
        "dev.throughline",
        "dev.throughline.access..",
        "dev.throughline.conversation..",
        "dev.throughline.delegation..",
        "dev.throughline.order..",
        "dev.throughline.trail.."
    };

    @ArchTest
    static final ArchRule the_domain_is_plain_java = classes()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .onlyDependOnClassesThat(resideInDomainOr("java.", "org.jspecify."))
            .because("rules that know a framework cannot be read, tested or kept without it");

    @ArchTest
    static final ArchRule inbound_adapters_do_not_know_outbound_ones = noClasses()
            .that()
            .resideInAPackage("dev.throughline.in..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.throughline.out..", "dev.throughline.app..")
            .because("what calls us must not care what we call");

    @ArchTest
    static final ArchRule outbound_adapters_do_not_know_inbound_ones = noClasses()
            .that()
            .resideInAPackage("dev.throughline.out..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.throughline.in..", "dev.throughline.app..")
            .because("what we call must not care who called us");

    @ArchTest
    static final ArchRule rest_mcp_and_chat_do_not_know_each_other = slices().matching(
                    "dev.throughline.in.(rest|mcp|chat)..")
            .should()
            .notDependOnEachOther()
            .because("one way in can then be changed or taken away without the others");

    @ArchTest
    static final ArchRule the_edge_knows_nothing_but_the_request = noClasses()
            .that()
            .resideInAPackage("dev.throughline.in.edge..")
            .should()
            .dependOnClassesThat(
                    resideInOursBut("dev.throughline.in.edge", "dev.throughline.in.events", "dev.throughline.in.http"))
            .because("it decides before anybody knows who calls and what for");

    @ArchTest
    static final ArchRule only_the_gate_asks_the_edge = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.throughline.in.edge..", "dev.throughline.in.security..", "dev.throughline.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.throughline.in.edge..")
            .because("a request that gets as far as an adapter has been looked at");

    @ArchTest
    static final ArchRule outbound_technologies_do_not_know_each_other = slices().matching(
                    "dev.throughline.out.(database|entra|foundry|limits|registry)..")
            .should()
            .notDependOnEachOther()
            .because("one thing that we call can then be replaced without the others");

    @ArchTest
    static final ArchRule only_the_gate_reads_incoming_tokens = noClasses()
            .that()
            .resideOutsideOfPackage("dev.throughline.in.security..")
            .and()
            .resideOutsideOfPackage("dev.throughline.local..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.nimbusds..", "jakarta.security..", "org.eclipse.microprofile.jwt..")
            .because("a second reader of tokens would be a second policy");

    @ArchTest
    static final ArchRule authorization_is_decided_in_one_place = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.annotation.security..")
            .because("a role checked at an adapter is a rule that the others do not have");

    @ArchTest
    static final ArchRule nobody_is_refused_in_silence = noClasses()
            .that()
            .resideInAnyPackage("dev.throughline.in.rest..", "dev.throughline.in.mcp..", "dev.throughline.in.chat..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(DenyReason.class)
            .orShould()
            .callMethod(Challenges.class, "insufficientScope", Set.class)
            .because("only Refusals gives a refusal its words, and it tells operators of it")
            .allowEmptyShould(false);

    @ArchTest
    static final ArchRule only_the_policy_makes_permits = noClasses()
            .that()
            .doNotBelongToAnyOf(AccessPolicy.class, Decision.class)
            .should()
            .callConstructorWhere(new DescribedPredicate<>("it makes a permit") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaConstructorCall call) {
                    return call.getTargetOwner().isEquivalentTo(Decision.Permit.class);
                }
            })
            .because("a permit that can be made elsewhere permits nothing");

    @ArchTest
    static final ArchRule no_order_and_no_record_without_a_permit = methods()
            .that()
            .areDeclaredIn(Orders.class)
            .or()
            .areDeclaredIn(AuditRecords.class)
            .should(new ArchCondition<>("take a permit first") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean takes = !method.getRawParameterTypes().isEmpty()
                            && method.getRawParameterTypes().get(0).isEquivalentTo(Decision.Permit.class);
                    events.add(new SimpleConditionEvent(method, takes, method.getFullName()));
                }
            })
            .because("data that can be reached undecided will be");

    @ArchTest
    static final ArchRule only_the_application_wires = noClasses()
            .that()
            .resideOutsideOfPackage("dev.throughline.app..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(jakarta.enterprise.inject.Produces.class)
            .because("one folder then shows what the product is made of");

    @ArchTest
    static final ArchRule nothing_depends_on_the_application = noClasses()
            .that()
            .resideOutsideOfPackage("dev.throughline.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.throughline.app..")
            .because("the composition knows its parts, not the other way round");

    @ArchTest
    static final ArchRule stand_ins_share_nothing_with_the_product = noClasses()
            .that()
            .resideInAPackage("dev.throughline.local..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.throughline.access..",
                    "dev.throughline.conversation..",
                    "dev.throughline.delegation..",
                    "dev.throughline.order..",
                    "dev.throughline.trail..",
                    "dev.throughline.in..",
                    "dev.throughline.out..",
                    "dev.throughline.app..")
            .because("a stand-in that shared our code would share our mistakes");

    @ArchTest
    static final ArchRule the_verifier_of_the_audit_log_stands_alone = classes()
            .that()
            .resideInAPackage("dev.throughline.verifier..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.throughline.verifier..", "java..", "org.jspecify..")
            .because("who verifies a log with the code that wrote it verifies nothing");

    @ArchTest
    static final ArchRule nothing_depends_on_the_verifier = noClasses()
            .that()
            .resideOutsideOfPackage("dev.throughline.verifier..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.throughline.verifier..")
            .because("a log written with the code that verifies it would hold whatever that code does");

    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching("dev.throughline.(**)")
            .should()
            .beFreeOfCycles()
            .because("packages in a cycle are one package that nobody can take in at once");

    @ArchTest
    static final ArchRule domain_fields_are_final = fields().that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(DOMAIN)
            .should()
            .beFinal()
            .because("the rules hold no state of their own, so instances can come and go");

    private static DescribedPredicate<JavaClass> resideInOursBut(String... packages) {
        return new DescribedPredicate<>("reside in another package of ours") {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getBaseComponentType().getPackageName();
                return name.startsWith("dev.throughline")
                        && !java.util.List.of(packages).contains(name);
            }
        };
    }

    private static DescribedPredicate<JavaClass> resideInDomainOr(String... prefixes) {
        return new DescribedPredicate<>("reside in the domain, the JDK or JSpecify") {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getBaseComponentType().getPackageName();
                for (String prefix : prefixes) {
                    if ((name + ".").startsWith(prefix)) {
                        return true;
                    }
                }
                return type.getBaseComponentType().isPrimitive()
                        || name.equals("dev.throughline")
                        || name.matches("dev\\.throughline\\.(access|conversation|delegation|order|trail)(\\..*)?");
            }
        };
    }
}
