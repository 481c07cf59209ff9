package org.tandemgw.gateway.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandemgw.profiles.yaml.Nearest;

/**
 * The command line. Finds the verb, loads that one and no other, and turns whatever happens into output and exit status: 0 well, 1 no, 2 usage or
 * configuration. No stack trace reaches a user.
 */
public final class Tandem {
    private static final Map<String, String> VERBS = verbs();
    private static final String HELP = """
            Tandem carries the data of an ACD's two links to two servers: complete, in order, once.

            Usage: tandem VERB [OPTIONS]     tandem VERB --help explains one

            %s

              -c FILE       the configuration, anywhere on the line; else ./tandem.yaml,
                            then /etc/tandem/tandem.yaml
              --debug       details of unexpected faults

            Examples:
              tandem demo                          everything on this machine, things broken on purpose
              tandem check site.yaml               what is wrong, and what follows from it
              tandem run site.yaml                 the appliance
              tandem status --watch -c site.yaml   a live screen

            Exit status: 0 well, 1 no (refused, not running), 2 usage or configuration.
            """;

    private Tandem() {}

    /** The process. */
    public static void main(String[] arguments) {
        final Console console = Console.ofProcess();
        final int status = run(console, arguments);
        console.out().flush();
        System.exit(status);
    }

    /** One command line; returns the exit status and does not throw. */
    static int run(Console console, String... arguments) {
        final List<String> ahead = new ArrayList<>();
        int at = 0;
        while (at < arguments.length && arguments[at].startsWith("-")) {
            if (List.of("-h", "--help").contains(arguments[at])) {
                return help(console);
            }
            if (List.of("-V", "--version").contains(arguments[at])) {
                console.out().println("tandem " + Version.current());
                return 0;
            }
            final boolean takesFile = List.of("-c", "--config").contains(arguments[at]);
            ahead.add(arguments[at++]);
            if (takesFile && at < arguments.length) {
                ahead.add(arguments[at++]);
            }
        }
        if (at == arguments.length) {
            console.err().print(text());
            return 2;
        }
        if (arguments[at].equals("help") && at + 1 == arguments.length) {
            return help(console);
        }
        if (!VERBS.containsKey(arguments[at])) {
            return unknown(console, arguments[at]);
        }
        ahead.addAll(List.of(arguments).subList(at + 1, arguments.length));
        return load(arguments[at], console, ahead);
    }

    private static int load(String verb, Console console, List<String> arguments) {
        return verb.equals(EmulateVerb.NAME)
                ? EmulateVerb.run(console, arguments)
                : VerbRunner.run(verb(verb, console), console, arguments);
    }

    /** The verbs, each with a line about it, in the order of the help. */
    static Map<String, String> table() {
        return VERBS;
    }

    /** The body of a verb. Without method references: a verb is to start fast, and each of them costs some milliseconds at the start. */
    static Verb verb(String verb, Console console) {
        return switch (verb) {
            case "demo" -> new DemoVerb(console);
            case "check" -> new CheckVerb(console);
            case "simulate" -> new SimulateVerb(console);
            case "run" -> new RunVerb(console);
            case "status" -> new StatusVerb(console);
            case "health" -> new HealthVerb(console);
            case "calls" -> new CallsVerb(console);
            case "intervals" -> new IntervalsVerb(console);
            case "alarms" -> new AlarmsVerb(console);
            case "notify" -> new NotifyVerb(console);
            case "leg" -> new LegVerb(console);
            case "acd" -> new AcdVerb(console);
            case "trunks" -> new TrunksVerb(console);
            case "switch" -> new SwitchVerb(console);
            case "drill" -> new DrillVerb(console);
            case "why" -> new WhyVerb(console);
            case "why-not" -> new WhyNotVerb(console);
            case "replay" -> new ReplayVerb(console);
            case "mode" -> new ModeVerb(console);
            case "maintenance" -> new MaintenanceVerb(console);
            case "roles" -> new RolesVerb(console);
            case "resume" -> new ResumeVerb(console);
            case "reload" -> new ReloadVerb(console);
            case "audit" -> new AuditVerb(console);
            case "journal" -> new JournalVerb(console);
            case "profiles" -> new ProfilesVerb(console);
            case "mib" -> new MibVerb(console);
            case "support-bundle" -> new SupportBundleVerb(console);
            case "completion" -> new CompletionVerb(console);
            case "man" -> new ManVerb(console);
            default -> throw new IllegalStateException(verb + " is in the help and has no body");
        };
    }

    private static int help(Console console) {
        console.out().print(text());
        return 0;
    }

    private static int unknown(Console console, String word) {
        final Optional<String> nearest = Nearest.to(word, VERBS.keySet());
        console.err()
                .println("tandem: there is no verb '" + word + "'"
                        + nearest.map(verb -> "; did you mean '" + verb + "'?").orElse(""));
        console.err().println("        tandem --help shows the verbs");
        return 2;
    }

    private static String text() {
        final StringBuilder table = new StringBuilder();
        for (final Map.Entry<String, String> verb : VERBS.entrySet()) {
            table.append("  ")
                    .append(verb.getKey())
                    .append(" ".repeat(16 - verb.getKey().length()));
            table.append(verb.getValue()).append('\n');
        }
        return HELP.replace("%s\n", table);
    }

    private static Map<String, String> verbs() {
        final Map<String, String> verbs = new LinkedHashMap<>();
        verbs.put("demo", "everything on one machine, with things broken on purpose");
        verbs.put("check", "verifies a configuration and says what follows from it");
        verbs.put("simulate", "what faults would lead to with this configuration; --history");
        verbs.put("run", "the appliance");
        verbs.put("status", "the site as it is now; --watch is a live screen");
        verbs.put("health", "the daily checklist, with an exit status");
        verbs.put("alarms", "what is wrong; alarms ack N --reason TEXT");
        verbs.put("notify", "who is told of alarms; notify test: is everybody reached?");
        verbs.put("calls", "the calls in flight; calls show ID: the life of one");
        verbs.put("intervals", "what queues, agents and trunks had; --csv, --json");
        verbs.put("switch", "switch SERVER --reason TEXT: makes it the active one; --dry-run");
        verbs.put("drill", "drill --reason TEXT: to the other server and home, to prove it");
        verbs.put("why", "one decision on one page; why --list");
        verbs.put("why-not", "what keeps the site from switching by itself");
        verbs.put("mode", "mode auto|manual|held --reason TEXT: who may switch");
        verbs.put("maintenance", "maintenance on|off [SERVER] --reason TEXT: out of service, and back");
        verbs.put("roles", "who is what; roles reverse --reason TEXT: for a planned outage");
        verbs.put("resume", "leaves holding and hold-down");
        verbs.put("replay", "replay N|FILE: decides again from the record alone");
        verbs.put("reload", "reads the changed configuration again; --dry-run");
        verbs.put("leg", "leg busy-out|release ACD LEG");
        verbs.put("acd", "acd pause|resume ACD");
        verbs.put("trunks", "trunks show|query|select|adopt|walk: the A/B switches");
        verbs.put("journal", "journal ls|cat|verify|export|backup|backups|restore");
        verbs.put("audit", "who did what; audit verify: is the file as it was written?");
        verbs.put("profiles", "the hardware profiles; profiles show NAME");
        verbs.put("mib", "TANDEM-MIB for a management station");
        verbs.put("support-bundle", "one file for whoever helps, without secrets");
        verbs.put("completion", "completion bash|zsh: words that the shell completes");
        verbs.put("man", "man 1|5: the manual pages tandem and tandem.yaml");
        verbs.put("emulate", "emulate acd|relay|server|switch: what to rehearse with");
        return Collections.unmodifiableMap(verbs);
    }
}
