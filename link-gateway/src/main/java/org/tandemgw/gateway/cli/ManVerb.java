package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem man",
        description =
                "Prints a manual page for man(1): tandem(1), the command line, or tandem.yaml(5), the configuration.",
        footer = {
            "",
            "Examples:",
            "  tandem man 1 > tandem.1 && man ./tandem.1",
            "  tandem man 1 > /usr/local/share/man/man1/tandem.1",
            "  tandem man 5 > /usr/local/share/man/man5/tandem.yaml.5"
        })
final class ManVerb extends Verb implements Callable<Integer> {
    private static final String REFERENCE = "/org/tandemgw/gateway/cli/reference.yaml";

    @Parameters(paramLabel = "1|5", description = "The section of the manual.")
    private String section;

    ManVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        final String page =
                switch (section) {
                    case "1" -> CommandPage.of(VerbTree.nodes(), Version.current());
                    case "5" -> ConfigurationPage.of(reference(), Version.current());
                    default -> throw Refusal.usage("there is no page in section '" + section + "'", "1 or 5");
                };
        console.out().print(page);
        return 0;
    }

    /** The one of the jar; in the source tree that of the source tree. */
    private static byte[] reference() throws IOException {
        try (InputStream in = ManVerb.class.getResourceAsStream(REFERENCE)) {
            if (in != null) {
                return in.readAllBytes();
            }
        }
        return Files.readAllBytes(Path.of(System.getProperty("tandem.root", "."), "docs", "reference.yaml"));
    }
}
