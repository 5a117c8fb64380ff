// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import okio.ByteString;

/**
 * One element of a document that a store answers with: its name, its text, and the elements in it. What stores add to S3's
 * documents is kept and nobody asks for it.
 */
record S3Xml(String name, String text, List<S3Xml> children) {

    /** S3's own are five deep. */
    private static final int DEEPEST = 20;

    /** Reads a whole document, which may refer to nothing outside of it. */
    static S3Xml read(ByteString document) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        var reader = factory.createXMLStreamReader(new StringReader(document.utf8()));
        try {
            reader.nextTag();
            return element(reader, 0);
        } finally {
            reader.close();
        }
    }

    private static S3Xml element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new XMLStreamException("elements are nested too deeply");
        }
        var name = reader.getLocalName();
        var text = new StringBuilder();
        var children = new ArrayList<S3Xml>();
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element(reader, depth + 1));
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(reader.getText());
            }
        }
        return new S3Xml(name, text.toString().strip(), List.copyOf(children));
    }

    /** Those in it with that name. */
    List<S3Xml> all(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /** The first with that name. */
    Optional<S3Xml> first(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    /** The text of the first with that name; empty when there is none, or it has none. */
    Optional<String> textOf(String wanted) {
        return first(wanted).map(S3Xml::text).filter(found -> !found.isEmpty());
    }
}
