namespace LiveDash.Web.ViewModels;

/// <summary>One kind of channel as a person chooses it. Immutable.</summary>
/// <param name="Name">As settings spell it.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Text">What it is for.</param>
public sealed record ChannelKindChoice(string Name, string Title, string Text)
{
    /// <summary>All kinds, those first that most people take.</summary>
    public static IReadOnlyList<ChannelKindChoice> All { get; } =
    [
        new("webhook", "Webhook", "posts JSON to an address of yours"),
        new("slack", "Slack", "or what takes the same: Mattermost, Rocket.Chat, Discord with /slack"),
        new("alertmanager", "Alertmanager", "posts to /api/v2/alerts"),
        new("mail", "Mail", "by an SMTP server"),
        new("log", "Log", "a line in the server's log"),
        new("command", "Command", "runs a program with the notice on its input"),
    ];

    /// <summary>The kind of that name; an unknown one is called by its name.</summary>
    public static ChannelKindChoice Of(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? new(name, name, "");

    /// <summary>True for the kinds that post to an address.</summary>
    public static bool Posts(string name) => name is "webhook" or "slack" or "alertmanager";
}
