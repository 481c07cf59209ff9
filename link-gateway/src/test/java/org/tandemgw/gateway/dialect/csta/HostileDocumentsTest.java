package org.tandemgw.gateway.dialect.csta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that are made to harm who reads them. */
class HostileDocumentsTest {
    private static CstaDocument read(String text, Charset charset) throws CstaXmlException {
        final byte[] bytes = text.getBytes(charset);
        return CstaDocument.read(bytes, 0, bytes.length);
    }

    private static void refuses(String text) {
        refuses(text, StandardCharsets.UTF_8);
    }

    private static void refuses(String text, Charset charset) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> assertThrows(CstaXmlException.class, () -> read(text, charset)));
    }

    @Test
    void shouldReadWhatIsHarmless() throws Exception {
        final CstaDocument document = read(
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><x:A><b> M\u00fcller &amp; S\u00f6hne<!-- c --> </b><c><![CDATA[<]]></c></x:A>",
                StandardCharsets.ISO_8859_1);
        assertEquals("A", document.name());
        assertEquals("M\u00fcller & S\u00f6hne", document.text("b"));
        assertEquals("<", document.text("c"));
        assertEquals("", document.text("d", "e"));
        assertEquals("A", read("<A/>", StandardCharsets.UTF_16).name());
    }

    @Test
    void shouldRefuseABombOfEntities() {
        final StringBuilder bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY e")
                    .append(i)
                    .append(" \"&e")
                    .append(i - 1)
                    .append(";&e")
                    .append(i - 1)
                    .append(";\">");
        }
        bomb.append("]><A>&e29;</A>");
        refuses(bomb.toString());
        refuses(bomb.toString(), StandardCharsets.UTF_16);
        refuses("<!DOCTYPE a [<!ENTITY e \"" + "x".repeat(30_000) + "\">]><A>" + "&e;".repeat(5_000) + "</A>");
    }

    @Test
    void shouldFetchNothing(@TempDir Path folder) throws Exception {
        final Path secret = Files.writeString(folder.resolve("secret"), "sesame");
        refuses("<!DOCTYPE a [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><A>&e;</A>");
        refuses("<!DOCTYPE a [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><A>&e;</A>", StandardCharsets.UTF_16LE);
        try (ServerSocket asked = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final String url = "http://127.0.0.1:" + asked.getLocalPort() + "/x";
            refuses("<!DOCTYPE a SYSTEM \"" + url + "\"><A/>");
            refuses("<!DOCTYPE a SYSTEM \"" + url + "\"><A/>", StandardCharsets.UTF_16);
            refuses("<!DOCTYPE a [<!ENTITY % p SYSTEM \"" + url + "\">%p;]><A/>", StandardCharsets.UTF_16);
            asked.setSoTimeout(200);
            assertThrows(java.net.SocketTimeoutException.class, asked::accept);
        }
    }

    @Test
    void shouldRefuseWhatIsNoDocument() {
        for (final String text : new String[] {
            "",
            " ",
            "<",
            "<A>",
            "<A></B>",
            "<A/><B/>",
            "text",
            "<A>&unknown;</A>",
            "<A a='1' a='2'/>",
            "\0\0\0",
            "<A>&#0;</A>"
        }) {
            refuses(text);
        }
    }

    @Test
    void shouldRefuseWhatIsTooDeepTooManyOrTooLong() throws Exception {
        final int deepest = CstaDocument.DEEPEST;
        assertEquals(
                "a",
                read("<a>".repeat(deepest) + "</a>".repeat(deepest), StandardCharsets.UTF_8)
                        .name());
        refuses("<a>".repeat(deepest + 1) + "</a>".repeat(deepest + 1));
        refuses("<a>".repeat(16_000));
        refuses("<a>" + "<b/>".repeat(CstaDocument.MOST_ELEMENTS) + "</a>");
        final StringBuilder attributes = new StringBuilder("<a");
        for (int i = 0; i < 8_000; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        refuses(attributes + "/>");
        refuses("<a>" + "x".repeat(CstaDocument.MOST_BYTES) + "</a>");
        assertThrows(CstaXmlException.class, () -> CstaDocument.ofFrame(new byte[8], 0, 8));
    }
}
