using System.Net;

namespace LiveDash.Core.Notifications;

/// <summary>How notices are sent; the settings under <c>LiveDash:Notifications</c>.</summary>
public sealed class NotificationOptions
{
    /// <summary>How long the first notice of a rule waits for others to go with it. Default 1 s: a person waits for it.</summary>
    public TimeSpan GroupWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long later notices of the same rule wait for others. Default 5 s.</summary>
    public TimeSpan GroupInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long an alert that still fires is told again. Default 4 h.</summary>
    public TimeSpan RepeatAfter { get; set; } = TimeSpan.FromHours(4);

    /// <summary>For how long a delivery that fails is tried again. Default 24 h.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a receiver may take to answer. Default 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many alerts one delivery tells of at most. Default 50.</summary>
    public int MaxGroup { get; set; } = 50;

    /// <summary>
    /// The address of this server as people reach it, such as <c>https://dash.example.org</c>: where it is set, notices carry a link to acknowledge or silence their alert and one of a
    /// picture of its chart. Default none: they carry none.
    /// </summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>True to allow channels that run a command. Default false.</summary>
    public bool AllowCommands { get; set; }

    /// <summary>
    /// The networks that are not public and may still be posted to, as <c>10.0.0.0/8</c>. Default the loopback where <see cref="TrustsLoopback"/>, else none. Setting
    /// it replaces the default.
    /// </summary>
    public IList<string> AllowedAddresses { get; } = [];

    /// <summary>
    /// True while who may edit channels is on this machine already, so that they may tell its own services; asked at each connection. Beyond the loopback somebody
    /// from elsewhere may be an editor, and it says false. Default true.
    /// </summary>
    public Func<bool> TrustsLoopback { get; set; } = static () => true;

    /// <summary>The networks listed.</summary>
    internal IReadOnlyList<IPNetwork> Networks => [.. AllowedAddresses.Select(static text => IPNetwork.Parse(text))];
}
