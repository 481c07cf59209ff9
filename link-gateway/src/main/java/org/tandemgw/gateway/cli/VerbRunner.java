package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.DurationText;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses one verb's line, carries it out, and makes an exit status of what happened. */
final class VerbRunner {
    private VerbRunner() {}

    static int run(Verb verb, Console console, List<String> arguments) {
        final boolean debug = arguments.contains("--debug");
        try {
            final CommandLine line = described(verb);
            line.setOut(new PrintWriter(console.out(), true));
            line.setErr(new PrintWriter(console.err(), true));
            line.setParameterExceptionHandler((wrong, args) -> usage(console, wrong));
            line.setExecutionExceptionHandler((fault, command, parsed) -> failed(console, fault, debug));
            line.setExecutionStrategy(VerbRunner::execute);
            return line.execute(arguments.toArray(String[]::new));
        } catch (RuntimeException | LinkageError e) {
            return failed(console, e, debug);
        } finally {
            console.out().flush();
        }
    }

    /** A verb with its options, as help, completion and manual show it too. */
    static CommandLine described(Verb verb) {
        final CommandLine line = new CommandLine(verb);
        line.setUsageHelpAutoWidth(false).setUsageHelpWidth(100);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.registerConverter(Duration.class, VerbRunner::duration);
        line.registerConverter(AcdDialect.class, VerbRunner::dialect);
        line.registerConverter(Long.class, VerbRunner::number);
        line.registerConverter(long.class, VerbRunner::number);
        line.registerConverter(Integer.class, VerbRunner::smallNumber);
        line.registerConverter(int.class, VerbRunner::smallNumber);
        return line;
    }

    /** A group without its sub-verb is a question for help, and no success. */
    private static int execute(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        final boolean isGroup = !last.commandSpec().subcommands().isEmpty()
                && !(last.commandSpec().userObject() instanceof java.util.concurrent.Callable);
        if (isGroup && !last.isUsageHelpRequested()) {
            throw new ParameterException(last.commandSpec().commandLine(), "what exactly?");
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int usage(Console console, ParameterException wrong) {
        final CommandLine line = wrong.getCommandLine();
        final String name = line.getCommandSpec().qualifiedName();
        console.err().println(name + ": " + firstLine(wrong.getMessage()));
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            console.err().println("        did you mean: " + String.join(", or ", unmatched.getSuggestions()) + "?");
        }
        console.err().println("        " + name + " --help explains it");
        return 2;
    }

    private static int failed(Console console, Throwable fault, boolean debug) {
        if (fault instanceof Refusal refusal) {
            console.out().flush();
            console.err().println("tandem: " + refusal.getMessage());
            if (refusal.remedy() != null) {
                console.err().println("        " + refusal.remedy());
            }
            return refusal.status();
        }
        final StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        console.err().println("tandem: unexpected fault: " + firstLine(fault.toString()) + "; " + where(trace, debug));
        if (debug) {
            console.err().print(trace);
        }
        return 1;
    }

    private static String where(StringWriter trace, boolean debug) {
        if (debug) {
            return "the details follow";
        }
        try {
            final Path file = Files.createTempFile("tandem-fault-", ".txt");
            Files.writeString(file, trace.toString(), StandardCharsets.UTF_8);
            return "the details are in " + file;
        } catch (IOException e) {
            return "--debug shows the details";
        }
    }

    private static Duration duration(String text) {
        try {
            return DurationText.parse("TIME", text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("a whole number, not " + text);
        }
    }

    private static int smallNumber(String text) {
        final long number = number(text);
        if (number != (int) number) {
            throw new TypeConversionException("a number up to " + Integer.MAX_VALUE + ", not " + text);
        }
        return (int) number;
    }

    private static AcdDialect dialect(String text) {
        final AcdDialect dialect = AcdDialect.of(text);
        if (dialect == null) {
            throw new TypeConversionException(AcdDialect.names() + ", not " + text);
        }
        return dialect;
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
