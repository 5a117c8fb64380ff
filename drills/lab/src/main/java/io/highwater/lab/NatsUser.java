// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

/** Who may log in to every NATS server of the lab. */
public enum NatsUser {
    /** Everything in the account APP, which has JetStream. */
    APP("APP", "app", "lab-password-of-app", ""),
    /** In the account APP, and only what reading the state of its streams and consumers takes. */
    MONITOR("APP", "monitor", "lab-password-of-monitor", """
            publish: [
              "$JS.API.INFO", "$JS.API.STREAM.LIST", "$JS.API.STREAM.INFO.*",
              "$JS.API.CONSUMER.LIST.*", "$JS.API.CONSUMER.INFO.*.*",
              "$JS.API.STREAM.MSG.GET.*", "$JS.API.DIRECT.GET.>", "$SYS.REQ.USER.INFO"
            ]
            subscribe: ["_INBOX.>", "$JS.EVENT.ADVISORY.>"]
            """),
    /** In the account APP, without any right on JetStream's API. */
    OUTSIDER("APP", "outsider", "lab-password-of-outsider", "publish: { deny: [\"$JS.>\"] }"),
    /** In the account APP as {@link #APP}, but with an NKey: the secret is its seed. */
    KEY(
            "APP",
            "UB53NYLZHLKL3F22IGVUUSPWKNXYKUMCT6NVQXTHCA3KOOJTL3PA2G3F",
            "SUAJVAXQ7XAC6FTB5FCHUO2AZGM4I5QW5GHI4NN5QGPZGICDG5PCV3RMCE",
            ""),
    /** Everything in the account OTHER, which has JetStream. */
    OTHER("OTHER", "other", "lab-password-of-other", ""),
    /** Everything in the account BARE, which has no JetStream. */
    BARE("BARE", "bare", "lab-password-of-bare", ""),
    /** Of the system account. */
    SYSTEM("SYS", "system", "lab-password-of-system", "");

    private final String account;
    private final String login;
    private final String secret;
    private final String permissions;

    NatsUser(String account, String login, String secret, String permissions) {
        this.account = account;
        this.login = login;
        this.secret = secret;
        this.permissions = permissions;
    }

    public String account() {
        return account;
    }

    /** The user's name, or the public key. */
    public String login() {
        return login;
    }

    /** The password, or the seed of the key. */
    public String secret() {
        return secret;
    }

    /** As an entry of an account's users in the server's configuration. */
    String configuration() {
        var credentials = this == KEY ? "nkey: " + login : "user: " + login + ", password: \"" + secret + "\"";
        return "{ " + credentials + (permissions.isEmpty() ? "" : ", permissions: {\n" + permissions + "}") + " }\n";
    }
}
