package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.snmp.MibText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tandem mib",
        sortOptions = false,
        description =
                "Prints TANDEM-MIB, for a management station to load, below the identifier that the configuration names as snmp.enterprise.",
        footer = {
            "",
            "Examples:",
            "  tandem mib > TANDEM-MIB.txt",
            "  tandem mib --enterprise 1.3.6.1.4.1.99999 > TANDEM-MIB.txt"
        })
final class MibVerb extends Verb implements Callable<Integer> {
    @Option(
            names = "--enterprise",
            paramLabel = "OID",
            description = "Another identifier, below 1.3.6.1.4.1; needs no configuration.")
    private String enterprise;

    MibVerb(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        String below = enterprise;
        if (below == null && hasConfig()) {
            below = SiteFolder.enterprise(configFile(null));
        }
        if (below == null) {
            below = SnmpConfig.PLAYPEN;
        }
        if (!SnmpConfig.isEnterprise(below)) {
            throw Refusal.usage(
                    below + " cannot be where a module hangs",
                    "name one below 1.3.6.1.4.1, like " + SnmpConfig.PLAYPEN);
        }
        try {
            console.out().print(MibText.below(below));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return 0;
    }
}
