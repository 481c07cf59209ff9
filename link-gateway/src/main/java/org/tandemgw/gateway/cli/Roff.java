package org.tandemgw.gateway.cli;

/** Lines of a manual page, in the language of man(7). Knows which characters mean something there. */
final class Roff {
    private final StringBuilder page = new StringBuilder();

    Roff(String name, String section, String version, String about) {
        page.append(".\\\" Made by: tandem man ").append(section).append('\n');
        page.append(".TH ").append(quoted(name)).append(' ').append(section).append(" \"\" ");
        page.append(quoted("tandem " + version)).append(" \"Tandem\"\n.nh\n.ad l\n");
        heading("Name");
        page.append(text(name)).append(" \\- ").append(text(about)).append('\n');
    }

    Roff heading(String heading) {
        page.append(".SH ")
                .append(quoted(heading.toUpperCase(java.util.Locale.ROOT)))
                .append('\n');
        return this;
    }

    Roff below(String heading) {
        page.append(".SS ").append(quoted(heading)).append('\n');
        return this;
    }

    /** A paragraph. */
    Roff paragraph(String text) {
        page.append(".PP\n").append(line(text)).append('\n');
        return this;
    }

    /** What is explained, in bold, and below it the explanation. */
    Roff item(String head, String text) {
        page.append(".TP\n\\fB").append(text(head)).append("\\fR\n").append(text.isBlank() ? "\\&" : line(text));
        page.append('\n');
        return this;
    }

    /** One more head of the item that follows. */
    Roff sameItem(String head, boolean first) {
        page.append(first ? ".TP\n\\fB" : ".TQ\n\\fB").append(text(head)).append("\\fR\n");
        return this;
    }

    Roff itemText(String text) {
        page.append(text.isBlank() ? "\\&" : line(text)).append('\n');
        return this;
    }

    /** Text whose lines stay as they are. */
    Roff asIs(String text) {
        if (text.isBlank()) {
            return this;
        }
        page.append(".PP\n.nf\n");
        text.strip().lines().forEach(each -> page.append(line(each)).append('\n'));
        page.append(".fi\n");
        return this;
    }

    @Override
    public String toString() {
        return page.toString();
    }

    /** A line: a dot or an apostrophe at its beginning would be a command. */
    private static String line(String text) {
        final String line = text(text);
        return line.isEmpty() ? "\\&" : line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    private static String quoted(String text) {
        return "\"" + text(text).replace("\"", "\\(dq") + "\"";
    }

    private static String text(String text) {
        final StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\e");
                case '-' -> out.append("\\-");
                case '\'' -> out.append("\\(aq");
                case '`' -> out.append("\\(ga");
                case '^' -> out.append("\\(ha");
                case '~' -> out.append("\\(ti");
                case '→' -> out.append("\\->");
                case '…' -> out.append("...");
                case '\n' -> out.append(' ');
                default -> {
                    if (c < 128) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(String.format("\\[u%04X]", c));
                    }
                }
            }
        });
        return out.toString();
    }
}
