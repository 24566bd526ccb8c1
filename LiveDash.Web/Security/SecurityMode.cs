namespace LiveDash.Web.Security;

/// <summary>How the app knows who asks; the setting <c>LiveDash:Security:Mode</c>.</summary>
public enum SecurityMode
{
    /// <summary>Only the loopback may reach it, and whoever does may everything.</summary>
    Loopback,

    /// <summary>People sign in with an account, senders with a key.</summary>
    Accounts,

    /// <summary>A listed proxy signs people in and names them in a header; senders use a key.</summary>
    Proxy,

    /// <summary>Whoever reaches it may everything, from any address. Told in red on every page.</summary>
    Open,
}
