package org.tandemgw.gateway.snmp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of {@code TANDEM-MIB}, as shipped or below another identifier. */
public final class MibText {
    private static final String RESOURCE = "/mibs/TANDEM-MIB.txt";
    private static final Pattern HANGS =
            Pattern.compile("    ::= \\{ tandemArc2 9999 }\\n.*?(?=\\ntandemNotifications OBJECT)", Pattern.DOTALL);
    private static final String ENTERPRISES = "1.3.6.1.4.1.";

    private MibText() {}

    /** As it is in {@code hw-profiles/mibs}. */
    public static String shipped() throws IOException {
        try (InputStream in = MibText.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @param enterprise an identifier below enterprises, as the configuration has it */
    public static String below(String enterprise) throws IOException {
        final String[] path = enterprise.substring(ENTERPRISES.length()).split("\\.");
        final StringBuilder text = new StringBuilder();
        final int last = path.length - 1;
        text.append("    ::= { ").append(last == 0 ? "enterprises" : "tandemArc" + last);
        text.append(' ').append(path[last]).append(" }\n");
        for (int i = 0; i < last; i++) {
            text.append(i == 0 ? "\n" : "").append(String.format("%-20s", "tandemArc" + (i + 1)));
            text.append("OBJECT IDENTIFIER ::= { ").append(i == 0 ? "enterprises" : "tandemArc" + i);
            text.append(' ').append(path[i]).append(" }\n");
        }
        final Matcher hangs = HANGS.matcher(shipped());
        if (!hangs.find()) {
            throw new IllegalStateException(RESOURCE + " does not say where it hangs");
        }
        return hangs.replaceFirst(Matcher.quoteReplacement(text.toString()));
    }
}
