package org.tandemgw.gateway.emulate;

/** One agent of a simulated mod_callcenter, in one queue. */
final class EslAgent {
    final String name;
    final String queue;
    final String extension;
    String status = "Logged Out";
    String state = "Waiting";
    /** His channel while he serves somebody; else empty. */
    String uuid = "";

    long lastStatusS;

    EslAgent(int number, String queue) {
        this.name = number + "@pbx.example.org";
        this.extension = Integer.toString(number);
        this.queue = queue;
    }

    AmiFact fact() {
        return new AmiFact(
                name,
                "",
                "",
                switch (status) {
                    case "Logged Out" -> AmiFact.Does.IS_GONE;
                    case "On Break" -> AmiFact.Does.RESTS;
                    default -> AmiFact.Does.IS_READY;
                });
    }
}
