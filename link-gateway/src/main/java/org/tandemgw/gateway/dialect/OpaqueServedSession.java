package org.tandemgw.gateway.dialect;

/** A client of an ACD that begins to send when somebody connects, and does not listen: he gets the plain bytes. */
final class OpaqueServedSession implements NativeService.Conversation {
    private final NativeService.Client client;

    OpaqueServedSession(NativeService.Client client) {
        this.client = client;
    }

    @Override
    public void begin() {
        client.letIn();
    }

    @Override
    public void heard(byte[] bytes, int offset, int length) {
        client.ignored();
    }

    @Override
    public void welcome() {
        // Such an ACD does not greet.
    }

    @Override
    public boolean wants(byte[] frame, int offset, int length) {
        return true;
    }

    @Override
    public boolean listens() {
        return true;
    }

    @Override
    public void goOn() {
        // Nothing is ever put off.
    }
}
