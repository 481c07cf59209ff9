package org.tandemgw.gateway.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;

/** SNMPv2c messages, by SNMP4J's coder alone: its transport has threads and does not say that a port is refused. Pure. */
final class SnmpGet {
    private static final int V2C = 1;

    private SnmpGet() {}

    static byte[] request(String community, String oid, int requestId) {
        final PDU pdu = new PDU(PDU.GET, List.of(new VariableBinding(new OID(oid))));
        pdu.setRequestID(new Integer32(requestId));
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        final ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            BER.encodeInteger(content, BER.INTEGER, V2C);
            BER.encodeString(content, BER.OCTETSTRING, community.getBytes(StandardCharsets.UTF_8));
            pdu.encodeBER(content);
            BER.encodeHeader(message, BER.SEQUENCE, content.size());
            content.writeTo(message);
        } catch (IOException e) {
            throw new IllegalStateException("cannot be encoded: " + oid, e);
        }
        return message.toByteArray();
    }

    /** The response to that request in it; null if it is anything else. */
    static PDU response(byte[] bytes, int requestId) {
        try {
            final BERInputStream in = new BERInputStream(ByteBuffer.wrap(bytes));
            BER.decodeHeader(in, new BER.MutableByte());
            final int version = BER.decodeInteger(in, new BER.MutableByte());
            BER.decodeString(in, new BER.MutableByte());
            final PDU pdu = new PDU();
            pdu.decodeBER(in);
            final boolean ours = version == V2C
                    && pdu.getType() == PDU.RESPONSE
                    && pdu.getRequestID().getValue() == requestId;
            return ours ? pdu : null;
        } catch (IOException | RuntimeException e) {
            return null; // whatever SNMP4J makes of garbage
        }
    }
}
