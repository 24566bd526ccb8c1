using LiveDash.Core.Configuration;
using MimeKit;

namespace LiveDash.Core.Notifications;

/// <summary>Checks channels and tells every fault at once. Stateless, so safe on any thread.</summary>
public static class ChannelValidator
{
    /// <summary>How many channels there may be.</summary>
    public const int MaxChannels = 100;

    private const int MaxTemplate = 20_000;
    private const string TypeAgain = $"'{ChannelSecrets.Hidden}' stands for what is kept and not shown, and nothing is kept for this address: type it again.";
    private static readonly string[] Posting = ["webhook", "slack", "alertmanager"];

    /// <summary>The faults; none where the channels are good.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="options">Says whether commands are allowed.</param>
    public static IReadOnlyList<SettingFault> Validate(IReadOnlyList<ChannelConfig> channels, NotificationOptions options)
    {
        var faults = new List<SettingFault>();
        if (channels.Count > MaxChannels) faults.Add(new("channels", $"There are at most {MaxChannels} channels."));
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < channels.Count; i++) Check(channels[i], $"[{i}].", options, names, faults);
        return faults;
    }

    private static void Check(ChannelConfig channel, string at, NotificationOptions options, HashSet<string> names, List<SettingFault> faults)
    {
        if (string.IsNullOrWhiteSpace(channel.Name) || channel.Name.Length > 100) faults.Add(new(at + "name", "A channel has a name of 1 to 100 characters."));
        else if (!names.Add(channel.Name)) faults.Add(new(at + "name", $"There are two channels '{channel.Name}'."));
        if (Posting.Contains(channel.Kind)) CheckUrl(channel, at, faults);
        else if (channel.Kind == "mail") CheckMail(channel, at, faults);
        else if (channel.Kind == "command") CheckCommand(channel, at, options, faults);
        else if (channel.Kind != "log") faults.Add(new(at + "kind", "'kind' is webhook, slack, alertmanager, mail, command or log."));
    }

    private static void CheckUrl(ChannelConfig channel, string at, List<SettingFault> faults)
    {
        if (!Uri.TryCreate(channel.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add(new(at + "url", "'url' is an http or https address, such as https://hooks.example.org/ops."));
        }
        else if (channel.Url!.Contains(ChannelSecrets.Hidden, StringComparison.Ordinal))
        {
            faults.Add(new(at + "url", TypeAgain));
        }

        if (channel.Template is { Length: > MaxTemplate }) faults.Add(new(at + "template", $"A template has at most {MaxTemplate:N0} characters."));
        else if (channel.Template is { } template && !IsWhole(template)) faults.Add(new(at + "template", "The template holds half of a character of two parts (a lone surrogate), which cannot be sent."));
        if (channel.Secret == ChannelSecrets.Hidden) faults.Add(new(at + "secret", TypeAgain));
        foreach (var (name, value) in channel.Headers ?? new Dictionary<string, string>())
        {
            var isName = name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
            if (!isName || value.Any(static c => c is < ' ' or > '~')) faults.Add(new(at + "headers", $"'{name}' is not a header's name, or its value holds what no header may: only the printable characters of ASCII can be sent."));
            else if (value == ChannelSecrets.Hidden) faults.Add(new(at + "headers", $"{name}: {TypeAgain}"));
        }
    }

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return false;
        }

        return true;
    }

    private static void CheckMail(ChannelConfig channel, string at, List<SettingFault> faults)
    {
        if (string.IsNullOrWhiteSpace(channel.Host)) faults.Add(new(at + "host", "A mail channel names its server in 'host'."));
        if (channel.Port is < 1 or > 65_535) faults.Add(new(at + "port", "'port' is 1 to 65535."));
        var hasUser = !string.IsNullOrEmpty(channel.User);
        if (hasUser && channel.Tls != true) faults.Add(new(at + "tls", "A user and password are sent over TLS alone: set 'tls' to true."));
        if (!hasUser && !string.IsNullOrEmpty(channel.Password)) faults.Add(new(at + "user", "A password needs the user it belongs to."));
        if (channel.Password == ChannelSecrets.Hidden) faults.Add(new(at + "password", TypeAgain));
        if (!MailboxAddress.TryParse(channel.From ?? "", out _)) faults.Add(new(at + "from", "'from' is a mail address."));
        if (channel.To is not { Count: > 0 } || channel.To.Any(static to => !MailboxAddress.TryParse(to ?? "", out _))) faults.Add(new(at + "to", "'to' is one or more mail addresses."));
    }

    private static void CheckCommand(ChannelConfig channel, string at, NotificationOptions options, List<SettingFault> faults)
    {
        if (!options.AllowCommands) faults.Add(new(at + "kind", "Commands are off; LiveDash:Notifications:AllowCommands=true in the settings file turns them on."));
        else if (!Path.IsPathFullyQualified(channel.Command ?? "")) faults.Add(new(at + "command", "'command' is the full path of a program."));
    }
}
