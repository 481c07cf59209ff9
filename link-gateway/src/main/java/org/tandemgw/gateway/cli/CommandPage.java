package org.tandemgw.gateway.cli;

import java.util.List;

/** The manual page tandem(1), from the verbs as the command line knows them. */
final class CommandPage {
    private CommandPage() {}

    static String of(List<VerbTree.Node> nodes, String version) {
        final Roff page = new Roff("tandem", "1", version, "carries the data of an ACD's two links to two servers");
        page.heading("Synopsis");
        page.paragraph("tandem VERB [OPTIONS]");
        page.heading("Description");
        page.paragraph(
                "Tandem stands between an automatic call distributor and the two servers that consume its data. It reads both"
                        + " links, stores one stream, feeds both servers, watches them, and switches over.");
        page.paragraph("The configuration is named by -c FILE, anywhere on the line; without it ./tandem.yaml, then"
                + " /etc/tandem/tandem.yaml.");
        page.heading("Verbs");
        for (final VerbTree.Node node : nodes) {
            page.below("tandem " + node.words());
            if (node.help() != null) {
                page.asIs(node.help());
                continue;
            }
            page.paragraph("tandem " + node.words() + arguments(node));
            node.about().forEach(page::paragraph);
            node.arguments().forEach(each -> page.item(each.label(), each.about()));
            node.options()
                    .forEach(each -> page.item(
                            String.join(", ", each.names()) + (each.label() == null ? "" : " " + each.label()),
                            each.about()));
            footer(page, node.footer());
        }
        page.heading("Exit status");
        page.item("0", "well");
        page.item("1", "no: refused, not running, or some of what was asked for is not there");
        page.item("2", "usage or configuration");
        page.heading("Environment");
        page.item("NO_COLOR", "if it is set and not empty, nothing is coloured");
        page.heading("Files");
        page.item("/etc/tandem/tandem.yaml", "the configuration, where none is named and ./tandem.yaml is not there");
        page.heading("See also");
        page.paragraph("tandem.yaml(5)");
        return page.toString();
    }

    private static String arguments(VerbTree.Node node) {
        final StringBuilder line = new StringBuilder(node.subs().isEmpty() ? "" : " " + String.join("|", node.subs()));
        node.arguments().forEach(each -> line.append(' ').append(each.label()).append(each.many() ? "..." : ""));
        return line.append(node.options().isEmpty() ? "" : " [OPTIONS]").toString();
    }

    /** Examples stay as they are, sentences are filled. */
    private static void footer(Roff page, List<String> footer) {
        final StringBuilder examples = new StringBuilder();
        for (final String line : footer) {
            if (line.isBlank() || line.startsWith(" ") || line.endsWith(":")) {
                examples.append(line).append('\n');
            } else {
                page.asIs(examples.toString());
                examples.setLength(0);
                page.paragraph(line);
            }
        }
        page.asIs(examples.toString());
    }
}
