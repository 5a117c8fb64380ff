// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whom a certificate is of.
 *
 * @param name its common name; empty when it has none
 * @param organizations which are groups to Kubernetes
 */
record Subject(String name, List<String> organizations) {

    static Subject of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        List<String> organizations = new ArrayList<>();
        try {
            // It lists the parts from the last to the first.
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                add(part.toAttributes().get("CN"), names);
                add(part.toAttributes().get("O"), organizations);
            }
        } catch (NamingException unreadable) {
            return new Subject("", List.of());
        }
        Collections.reverse(organizations);
        return new Subject(names.isEmpty() ? "" : names.getLast(), List.copyOf(organizations));
    }

    private static void add(@org.jspecify.annotations.Nullable Attribute attribute, List<String> to)
            throws NamingException {
        if (attribute == null) {
            return;
        }
        NamingEnumeration<?> values = attribute.getAll();
        while (values.hasMore()) {
            if (values.next() instanceof String text) {
                to.add(text);
            }
        }
    }
}
