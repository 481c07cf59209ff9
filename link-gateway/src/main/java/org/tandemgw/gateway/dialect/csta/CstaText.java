package org.tandemgw.gateway.dialect.csta;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The characters of a document: as its first bytes or its declaration say, else UTF-8. Bytes that are no characters are refused here; the parser would complain of them aloud. */
final class CstaText {
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*<\\?xml[^>]{0,80}?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,30})[\"']");

    private static final int DECLARATION = 128;

    private CstaText() {}

    static String of(byte[] bytes, int offset, int length) throws CstaXmlException {
        final Charset charset = charset(bytes, offset, length);
        try {
            final String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new CstaXmlException("bytes that are no " + charset);
        }
    }

    private static Charset charset(byte[] bytes, int offset, int length) throws CstaXmlException {
        final int first = length < 2 ? 0 : (bytes[offset] & 0xFF) << 8 | bytes[offset + 1] & 0xFF;
        if (first == 0xFEFF || first == 0xFFFE) {
            return StandardCharsets.UTF_16;
        }
        if (first == '<') {
            return StandardCharsets.UTF_16BE;
        }
        if (first == '<' << 8) {
            return StandardCharsets.UTF_16LE;
        }
        final Matcher declared =
                DECLARED.matcher(new String(bytes, offset, Math.min(length, DECLARATION), StandardCharsets.ISO_8859_1));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(declared.group(1));
        } catch (IllegalArgumentException e) {
            throw new CstaXmlException("an encoding that nobody here knows");
        }
    }
}
