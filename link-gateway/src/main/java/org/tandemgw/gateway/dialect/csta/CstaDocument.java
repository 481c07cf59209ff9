package org.tandemgw.gateway.dialect.csta;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One document as a small tree of names and texts, without prefixes and attributes. Read by the streaming reader of the JDK with document types and external entities off: a document that has a
 * document type is refused before its parser sees it. More than {@value #MOST_BYTES} bytes, {@value #MOST_ELEMENTS} elements, a depth of {@value #DEEPEST} or
 * {@value #MOST_ATTRIBUTES} attributes of one element are refused as well. Any thread; each document is made anew, which allocates some 20 kB.
 */
public final class CstaDocument {
    static final int MOST_BYTES = 65_535;
    static final int MOST_ELEMENTS = 4_096;
    static final int DEEPEST = 32;
    static final int MOST_ATTRIBUTES = 32;

    private static final String DOCUMENT_TYPE = "<!DOCTYPE";
    private static final XMLInputFactory FACTORY = factory();

    private final String name;
    private final StringBuilder text = new StringBuilder(0);
    private final List<CstaDocument> children = new ArrayList<>(4);

    private CstaDocument(String name) {
        this.name = name;
    }

    private static XMLInputFactory factory() {
        final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Prefixes mean nothing here, and one that nobody declared harms nobody.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }

    /**
     * Reads the document of a frame, behind its header.
     *
     * @throws CstaXmlException if it is none, or goes beyond a limit
     */
    public static CstaDocument ofFrame(byte[] frame, int offset, int length) throws CstaXmlException {
        if (length <= CstaFraming.HEADER) {
            throw new CstaXmlException("a frame of " + length + " bytes has no document");
        }
        return read(frame, offset + CstaFraming.HEADER, length - CstaFraming.HEADER);
    }

    /** Reads a document without a header. */
    public static CstaDocument read(byte[] bytes, int offset, int length) throws CstaXmlException {
        if (length > MOST_BYTES) {
            throw new CstaXmlException(length + " bytes, which no frame can hold");
        }
        final String text = CstaText.of(bytes, offset, length);
        if (text.contains(DOCUMENT_TYPE)) {
            throw new CstaXmlException("a document type, which no message of CSTA has");
        }
        try {
            final XMLStreamReader reader;
            synchronized (FACTORY) {
                reader = FACTORY.createXMLStreamReader(new StringReader(text));
            }
            try {
                return tree(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new CstaXmlException("no well-formed document");
        } catch (RuntimeException e) {
            // The parser of the JDK has been seen to fall over what is not well formed.
            throw new CstaXmlException("the parser gave up: " + e.getClass().getSimpleName());
        }
    }

    private static CstaDocument tree(XMLStreamReader reader) throws XMLStreamException, CstaXmlException {
        final Deque<CstaDocument> open = new ArrayDeque<>();
        CstaDocument root = null;
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MOST_ELEMENTS
                            || open.size() == DEEPEST
                            || reader.getAttributeCount() > MOST_ATTRIBUTES) {
                        throw new CstaXmlException("more elements, deeper ones or more attributes than are read");
                    }
                    final CstaDocument element = new CstaDocument(local(reader.getLocalName()));
                    if (open.isEmpty()) {
                        root = element;
                    } else {
                        open.peek().children.add(element);
                    }
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.peek()
                                .text
                                .append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new CstaXmlException("a document type or an entity, which no message of CSTA has");
                default -> {}
            }
        }
        if (root == null) {
            throw new CstaXmlException("no element");
        }
        return root;
    }

    private static String local(String name) {
        return name.substring(name.lastIndexOf(':') + 1);
    }

    /** The name of the element, without a prefix. */
    public String name() {
        return name;
    }

    /** The elements in it. */
    public List<CstaDocument> children() {
        return List.copyOf(children);
    }

    /** The first element of this name in it; null if there is none. */
    public CstaDocument child(String called) {
        for (final CstaDocument child : children) {
            if (child.name.equals(called)) {
                return child;
            }
        }
        return null;
    }

    /** The text of the element that this path of names leads to, trimmed; empty if there is none. */
    public String text(String... path) {
        CstaDocument at = this;
        for (final String step : path) {
            at = at.child(step);
            if (at == null) {
                return "";
            }
        }
        return at.text.toString().strip();
    }

    /** The first element of this name at any depth, itself included; null if there is none. */
    public CstaDocument find(String called) {
        if (name.equals(called)) {
            return this;
        }
        for (final CstaDocument child : children) {
            final CstaDocument found = child.find(called);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
