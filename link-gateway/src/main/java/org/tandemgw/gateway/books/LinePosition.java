package org.tandemgw.gateway.books;

/**
 * Where what is written came from: which generation of the journal, behind which record, and how much was written of that record before. All lines of a file are in
 * this order, so what is not behind the last one is there already.
 */
record LinePosition(long generation, long sequence, long index) implements Comparable<LinePosition> {
    static final LinePosition NONE = new LinePosition(0, 0, 0);

    @Override
    public int compareTo(LinePosition other) {
        if (generation != other.generation) {
            return Long.compare(generation, other.generation);
        }
        return sequence != other.sequence ? Long.compare(sequence, other.sequence) : Long.compare(index, other.index);
    }

    /** As the end of a line has it. */
    String text() {
        return generation + "," + sequence + "," + index;
    }

    /** What the end of a line says; null if that is no line of ours. */
    static LinePosition endOf(String line) {
        final int third = line.lastIndexOf(',');
        final int second = third < 0 ? -1 : line.lastIndexOf(',', third - 1);
        final int first = second < 0 ? -1 : line.lastIndexOf(',', second - 1);
        return first < 0 ? null : parse(line.substring(first + 1));
    }

    /** The opposite of {@link #text}; null if it is none. */
    static LinePosition parse(String text) {
        final String[] numbers = text.split(",", -1);
        if (numbers.length != 3) {
            return null;
        }
        for (final String number : numbers) {
            if (!number.matches("[0-9]{1,18}")) {
                return null;
            }
        }
        return new LinePosition(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }
}
