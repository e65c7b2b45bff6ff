package dev.throughline.battery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Runs every check against a server, once for each family of protocol revisions that it speaks. */
public final class Battery {
    private static final String ANY_REVISION = "Whatever the revision";

    private Battery() {}

    /**
     * Runs it.
     *
     * @throws IllegalStateException if a good token is accepted in no revision: there is nothing to compare with then
     */
    public static Report run(Target target) {
        return run(target, check -> true);
    }

    /** Runs some of it. */
    static Report run(Target target, Predicate<Check> chosen) {
        List<Client> clients = Stream.of(Era.values())
                .map(era -> new Client(target, era))
                .filter(Client::spoken)
                .toList();
        if (clients.isEmpty()) {
            throw new IllegalStateException(
                    "No revision of the protocol is spoken at " + target.url() + " with the good token");
        }
        List<Report.Line> lines = new ArrayList<>();
        MetadataChecks.all().stream()
                .filter(chosen)
                .forEach(check -> lines.add(new Report.Line(ANY_REVISION, check, check.run(clients.get(0)))));
        for (Client client : clients) {
            ofEveryEra()
                    .filter(chosen)
                    .forEach(check ->
                            lines.add(new Report.Line("Revision " + client.era().version(), check, check.run(client))));
        }
        return new Report(lines);
    }

    static List<Check> all() {
        return Stream.concat(MetadataChecks.all().stream(), ofEveryEra()).toList();
    }

    private static Stream<Check> ofEveryEra() {
        return Stream.of(
                        TokenChecks.all(),
                        ChallengeChecks.all(),
                        StepUpChecks.all(),
                        HeaderChecks.all(),
                        TransportChecks.all())
                .flatMap(List::stream);
    }

    /**
     * Runs it from a command line, prints the report, and fails if a check does.
     *
     * @param arguments the file that describes the target ({@link TargetFile})
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 || arguments[0].isBlank()) {
            throw new IllegalArgumentException("Name the file that describes the server: -Dbattery.target=FILE");
        }
        Report report = run(TargetFile.read(Path.of(arguments[0])));
        System.out.println(report.markdown());
        if (!report.failures().isEmpty()) {
            throw new IllegalStateException(report.failures().size() + " checks failed.");
        }
    }
}
