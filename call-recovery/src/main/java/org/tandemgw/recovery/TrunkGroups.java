package org.tandemgw.recovery;

/** To which group of trunks a trunk belongs. Pure: the same name always gives the same group, or what is counted would not add up. */
@FunctionalInterface
public interface TrunkGroups {
    /** What stands before the second slash, without the part behind the last hyphen, which Asterisk counts up with each call: DAHDI/i1, PJSIP/carrier. */
    TrunkGroups BY_NAME = TrunkGroups::beforeSecondSlash;

    /**
     * Writes the group's name.
     *
     * @param trunk as the ACD names it, {@code length} bytes
     * @param group room for as many bytes as any text has
     * @return how long the name is; 0 if this trunk is not counted
     */
    int of(byte[] trunk, int length, byte[] group);

    private static int beforeSecondSlash(byte[] trunk, int length, byte[] group) {
        int slashes = 0;
        int end = 0;
        while (end < length && (trunk[end] != '/' || ++slashes < 2)) {
            end++;
        }
        if (end == length) {
            int hyphen = length - 1;
            while (hyphen > 0 && trunk[hyphen] != '-') {
                hyphen--;
            }
            end = hyphen > 0 ? hyphen : length;
        }
        System.arraycopy(trunk, 0, group, 0, end);
        return end;
    }
}
