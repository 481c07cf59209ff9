package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.control.SwitchAnswer;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.ServerRole;
import org.tandemgw.gateway.status.TextTable;
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.profiles.yaml.ScalarPlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem roles",
        sortOptions = false,
        description = "Which server is what: active, initial by the file, where the trunks lead, what its feeds lack.",
        footer = {
            "",
            "Examples:",
            "  tandem roles",
            "  tandem roles reverse --reason \"cms-east gets a disk\"",
            "",
            "Exit status: 0 well, 1 refused or not done, 2 usage or configuration."
        })
final class RolesVerb extends Verb implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    RolesVerb(Console console) {
        super(console);
    }

    /** What programs get. */
    record Roles(String site, String active, String initial, List<Row> servers) {}

    /** One server. */
    record Row(String name, ServerRole role, boolean initial, String health, List<String> trunks, List<Feed> feeds) {}

    /** One feed of it. */
    record Feed(String acd, boolean connected, long lagFrames) {}

    @Override
    public Integer call() {
        return Refusal.told(console, json, () -> {
            final Path config = configFile(null);
            final GatewayStatus status = new RunningSite(config).status();
            final Roles roles = roles(status, initial(config));
            if (json) {
                console.out().println(JsonRecords.write(roles));
            } else {
                print(table(roles));
            }
            return 0;
        });
    }

    /** Null: the file names none. */
    private static String initial(Path config) {
        try {
            return ScalarPlace.find(new FileInPlace(config).read(), RoleReversal.INITIAL)
                    .map(ScalarPlace::value)
                    .orElse(null);
        } catch (IOException e) {
            throw Refusal.usage("cannot read the configuration " + config + ": " + e, "name another one with -c FILE");
        }
    }

    private static Roles roles(GatewayStatus status, String initial) {
        return new Roles(
                status.site(),
                status.active(),
                initial,
                status.servers().stream()
                        .map(each -> new Row(
                                each.name(),
                                each.role(),
                                each.name().equals(initial),
                                each.health().toString(),
                                status.switches().stream()
                                        .filter(box -> each.name().equals(box.leadsTo()))
                                        .map(GatewayStatus.TrunkSwitch::name)
                                        .toList(),
                                each.feeds().stream()
                                        .map(feed -> new Feed(feed.acd(), feed.connected(), feed.lagFrames()))
                                        .toList()))
                        .toList());
    }

    private List<String> table(Roles roles) {
        final TextTable table =
                new TextTable(console.colours(), "SERVER", "ROLE", "INITIAL", "HEALTH", "TRUNKS", "FEEDS");
        for (final Row each : roles.servers()) {
            table.row()
                    .cell(each.name())
                    .cell(each.role(), each.role() == ServerRole.ACTIVE ? Ink.BOLD : Ink.PLAIN)
                    .cell(each.initial() ? "yes" : null)
                    .cell(each.health())
                    .cell(each.trunks().isEmpty() ? null : String.join(", ", each.trunks()))
                    .cell(String.join(
                            ", ",
                            each.feeds().stream()
                                    .map(feed -> feed.acd()
                                            + (!feed.connected()
                                                    ? " not connected"
                                                    : feed.lagFrames() == 0
                                                            ? " has all"
                                                            : " lacks " + feed.lagFrames()))
                                    .toList()));
        }
        return table.lines();
    }

    @Command(
            name = "reverse",
            description =
                    "The servers exchange their roles: what is asked for is shown, the file copied and its switchover.initial changed,"
                            + " the switchover made, all of it looked at. Typed again after an interruption it goes on.",
            footer = {
                "",
                "If the switchover fails, the file is put back. The copy of the file stays beside it, with its date."
            })
    int reverse(
            @Parameters(
                            paramLabel = "SERVER",
                            arity = "0..1",
                            description =
                                    "Who is to be active and initial; if he is already, nothing is done. Without: the one that is not active.")
                    String server,
            @Mixin Acts acts) {
        return Refusal.told(console, acts.json(), () -> {
            if (server != null) {
                Names.requireServer(server);
            }
            acts.requireReason();
            final RoleReversal.Done done = reverse(configFile(null), server, acts);
            if (acts.json()) {
                console.out().println(JsonRecords.write(done));
                return done.ok() ? 0 : 1;
            }
            if (!done.ok()) {
                throw Refusal.no(Ink.harmless(done.message()), done.remedy());
            }
            console.out().println(Ink.harmless(done.message()));
            return 0;
        });
    }

    private RoleReversal.Done reverse(Path config, String server, Acts acts) {
        final SwitchSite site = new SwitchSite(config);
        final GatewayStatus status = site.running().status();
        final Path data = SiteFolder.data(config);
        final ReversalNote note = ReversalNote.in(data);
        final String to = target(status, server, note);
        final String from = status.servers().stream()
                .map(GatewayStatus.Server::name)
                .filter(each -> !each.equals(to))
                .findFirst()
                .orElseThrow();
        final SiteConfiguration read = good(config);
        final String initial = read.switchover()
                .initial()
                .orElseThrow(() -> Refusal.no(
                        config + " names no switchover.initial: there is nothing to exchange in the file",
                        "write  initial: " + status.active()
                                + "  below  switchover: , then the same again;  or only  tandem switch " + to
                                + " --reason …"));
        if (note == null && to.equals(status.active()) && to.equals(initial)) {
            return new RoleReversal.Done(
                    true,
                    to + " is active and initial already: nothing was done",
                    null,
                    from,
                    to,
                    config.toString(),
                    null,
                    null,
                    List.of());
        }
        SwitchAnswer would = null;
        if (!to.equals(status.active())) {
            would = site.ask("/v1/switch/" + to + "?dryRun", acts.reason());
            if (!would.ok() && note == null) {
                throw Refusal.no(Ink.harmless(would.message()), would.remedy());
            }
        }
        if (!acts.yes()) {
            ReversalPlan.lines(read, status, initial, to, note, would)
                    .forEach(line -> console.err().println(Ink.harmless(line)));
        }
        acts.requireAgreement(console, "Exchange the roles now");
        try {
            return new RoleReversal(
                            new FileInPlace(config),
                            data,
                            site,
                            from,
                            to,
                            acts.reason(),
                            note,
                            step -> progress(step, acts))
                    .run();
        } catch (IOException e) {
            throw Refusal.no("cannot read " + config + ": " + e.getMessage(), "tandem check " + config);
        }
    }

    private void progress(RoleReversal.Step step, Acts acts) {
        if (!acts.json()) {
            console.err()
                    .println("  " + (step.ok() ? "ok  " : "NO  ") + step.step() + ": " + Ink.harmless(step.said()));
        }
    }

    private static String target(GatewayStatus status, String server, ReversalNote note) {
        final List<String> names = new ArrayList<>(
                status.servers().stream().map(GatewayStatus.Server::name).toList());
        if (server != null && !names.contains(server)) {
            throw Refusal.no("there is no server " + server, "the file has " + String.join(" and ", names));
        }
        if (note != null && server != null && !note.to().equals(server)) {
            throw Refusal.no(
                    "an exchange of roles to " + note.to() + " was begun at " + note.at() + " and is not over",
                    "tandem roles reverse " + note.to() + " --reason …");
        }
        final Drill drill = status.drills() == null ? null : status.drills().newest();
        if (drill != null && drill.open()) {
            throw Refusal.no(
                    "drill " + drill.number()
                            + " is under way, and goes home by itself: which server is active now says nothing of"
                            + " the roles",
                    "tandem drill show;  once it is over, the same again");
        }
        if (status.active() == null) {
            throw Refusal.no(
                    "nobody is known to be active, so that there are no roles to exchange",
                    status.next() == null ? "tandem status" : status.next());
        }
        if (note != null) {
            return note.to();
        }
        names.remove(status.active());
        return server != null ? server : names.get(0);
    }

    private static SiteConfiguration good(Path config) {
        final ConfigurationFile.Result read = ConfigurationFile.read(config);
        return read.configuration()
                .orElseThrow(() -> Refusal.usage(
                        "the file is not good, and is not touched: "
                                + read.problems().errors().get(0).oneLine(),
                        "tandem check " + config));
    }
}
