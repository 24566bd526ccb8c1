using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// A channel while somebody fills it in: texts as typed and what is wrong with each. What was given in confidence stays where it was and is not shown.
/// For one circuit.
/// </summary>
public sealed class ChannelDraft
{
    private readonly NotificationOptions _options;
    private readonly IReadOnlyList<ChannelConfig> _others;
    private readonly ChannelConfig? _old;
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private Dictionary<string, string> _faults = [];

    /// <summary>Begins a new channel, or one that is there.</summary>
    /// <param name="options">Says whether commands are allowed.</param>
    /// <param name="others">The other channels, whose names are taken.</param>
    /// <param name="old">The channel to change; null for a new one.</param>
    public ChannelDraft(NotificationOptions options, IReadOnlyList<ChannelConfig> others, ChannelConfig? old = null)
    {
        (_options, _others, _old) = (options, others, old);
        var shown = ChannelSecrets.Hide(old ?? new ChannelConfig());
        Name = shown.Name;
        Kind = shown.Kind;
        Url = shown.Url ?? "";
        Headers = string.Join('\n', (shown.Headers ?? new Dictionary<string, string>()).Select(static h => $"{h.Key}: {h.Value}"));
        Template = shown.Template ?? "";
        Host = shown.Host ?? "";
        Port = shown.Port?.ToString(CultureInfo.InvariantCulture) ?? "";
        User = shown.User ?? "";
        From = shown.From ?? "";
        To = string.Join(", ", shown.To ?? []);
        Tls = shown.Tls == true;
        IsDefault = shown.Default == true;
        Command = shown.Command ?? "";
        KeepsSecret = !string.IsNullOrEmpty(old?.Secret);
        KeepsPassword = !string.IsNullOrEmpty(old?.Password);
        Check();
    }

    /// <summary>True for one that is not there yet.</summary>
    public bool IsNew => _old is null;

    /// <summary>What rules call it; given once.</summary>
    public string Name { get; private set; }

    /// <summary>Its kind.</summary>
    public string Kind { get; private set; }

    /// <summary>The address; <see cref="ChannelSecrets.Hidden"/> stands for what is kept and not shown of it.</summary>
    public string Url { get; private set; }

    /// <summary>Headers, one a line as <c>Name: value</c>.</summary>
    public string Headers { get; private set; }

    /// <summary>The body's template.</summary>
    public string Template { get; private set; }

    /// <summary>A new signing secret; empty for none, or for the one it has.</summary>
    public string Secret { get; private set; } = "";

    /// <summary>True while the secret it has is to stay.</summary>
    public bool KeepsSecret { get; private set; }

    /// <summary>The mail server.</summary>
    public string Host { get; private set; }

    /// <summary>The mail server's port.</summary>
    public string Port { get; private set; }

    /// <summary>Who signs in at the mail server.</summary>
    public string User { get; private set; } = "";

    /// <summary>A new password; empty for none, or for the one it has.</summary>
    public string Password { get; private set; } = "";

    /// <summary>True while the password it has is to stay.</summary>
    public bool KeepsPassword { get; private set; }

    /// <summary>The sender.</summary>
    public string From { get; private set; }

    /// <summary>The receivers, with commas between.</summary>
    public string To { get; private set; }

    /// <summary>True for STARTTLS.</summary>
    public bool Tls { get; private set; }

    /// <summary>True where rules that name no channel tell this one.</summary>
    public bool IsDefault { get; private set; }

    /// <summary>The program.</summary>
    public string Command { get; private set; }

    /// <summary>True while a part of the address is kept and not shown.</summary>
    public bool HidesUrl => Url.Contains(ChannelSecrets.Hidden, StringComparison.Ordinal);

    /// <summary>True where nothing is wrong.</summary>
    public bool IsValid => _faults.Count == 0;

    /// <summary>The channel as it would be kept.</summary>
    public ChannelConfig Config { get; private set; } = new();

    /// <summary>What is wrong with a field that somebody has been at, or any once <see cref="ShowAll"/>; null for nothing.</summary>
    public string? Fault(string field) => _touched.Contains(field) || _touched.Contains("*") ? _faults.GetValueOrDefault(field) : null;

    /// <summary>Somebody wants to save or try it: everything that is wrong shows.</summary>
    public void ShowAll() => _touched.Add("*");

    /// <summary>The body a receiver would get, where there is a template; null where there is none.</summary>
    public string? Body => Template.Length == 0 ? null : NoticeText.Fill(Template, Sample());

    /// <summary>True where the filled template is JSON.</summary>
    public bool IsBodyJson
    {
        get
        {
            try
            {
                using var _ = JsonDocument.Parse(Body ?? "{}");
                return true;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }

    /// <summary>Takes a field as somebody typed it.</summary>
    /// <param name="field">As settings spell it.</param>
    /// <param name="text">The text.</param>
    public void Set(string field, string text)
    {
        switch (field)
        {
            case "name": Name = text; break;
            case "kind": Kind = text; break;
            case "url": Url = text; break;
            case "headers": Headers = text; break;
            case "template": Template = text; break;
            case "secret": Secret = text; break;
            case "user": User = text; break;
            case "password": Password = text; break;
            case "host": Host = text; break;
            case "port": Port = text; break;
            case "from": From = text; break;
            case "to": To = text; break;
            case "command": Command = text; break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "A channel has no such field.");
        }

        if (field != "kind") _touched.Add(field);
        Check();
    }

    /// <summary>STARTTLS or not.</summary>
    public void SetTls(bool on)
    {
        Tls = on;
        Check();
    }

    /// <summary>The default of rules that name no channel, or not.</summary>
    public void SetDefault(bool on)
    {
        IsDefault = on;
        Check();
    }

    /// <summary>The secret it has goes.</summary>
    public void DropSecret()
    {
        KeepsSecret = false;
        Check();
    }

    private static Delivery Sample() => new()
    {
        Key = "9f1c22d0a4b7e6c1:ops:firing:1", Channel = "ops", RuleId = "hot", Sequence = 1, MadeAt = 0,
        Notices =
        [
            new Notice
            {
                Episode = "9f1c22d0a4b7e6c1", Channel = "ops", Kind = "firing", Number = 1, AlertId = "a", RuleId = "hot", Rule = "hot", Series = "cpu.load{host=a}",
                Severity = Severity.Critical, Value = 91.3, Message = "hot is critical: cpu.load{host=a} at 91.3",
            },
        ],
    };

    private static string? Text(string text) => text.Trim().Length == 0 ? null : text.Trim();

    private void Check()
    {
        Config = ToConfig();
        var at = $"[{_others.Count}].";
        var faults = ChannelValidator.Validate([.. _others, Config], _options)
            .Where(fault => fault.Field.StartsWith(at, StringComparison.Ordinal) || fault.Field == "channels")
            .Select(fault => (Field: fault.Field == "channels" ? "name" : fault.Field[at.Length..], fault.Detail))
            .ToList();
        if (Kind == "mail" && Port.Trim().Length > 0 && Config.Port is null) faults.Add(("port", "A port is a number from 1 to 65535."));
        if (ChannelKindChoice.Posts(Kind))
        {
            faults.AddRange(HeaderLines().Where(static line => !line.Contains(':', StringComparison.Ordinal)).Select(static line => ("headers", $"'{line}' has no colon; a header is written as Name: value.")));
        }

        _faults = faults.GroupBy(static fault => fault.Field).ToDictionary(static group => group.Key, static group => FaultLines.Of(group.Select(static fault => fault.Detail))!);
    }

    private ChannelConfig ToConfig() => ToKind() with { Default = IsDefault ? true : null };

    private ChannelConfig ToKind()
    {
        var name = Name.Trim();
        return Kind switch
        {
            "mail" => ChannelSecrets.Restore(new ChannelConfig
            {
                Name = name, Kind = Kind, Host = Text(Host), Port = int.TryParse(Port.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null,
                From = Text(From), To = To.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Tls = Tls ? true : null,
                User = Text(User), Password = Text(User) is null ? null : Password.Length > 0 ? Password : KeepsPassword ? ChannelSecrets.Hidden : null,
            }, _old),
            "command" => new ChannelConfig { Name = name, Kind = Kind, Command = Text(Command) },
            "log" => new ChannelConfig { Name = name, Kind = Kind },
            _ => ChannelSecrets.Restore(
                new ChannelConfig
                {
                    Name = name, Kind = Kind, Url = Text(Url), Headers = ReadHeaders(), Template = Kind == "webhook" ? Text(Template) : null,
                    Secret = Secret.Length > 0 ? Secret : KeepsSecret ? ChannelSecrets.Hidden : null,
                },
                _old),
        };
    }

    private string[] HeaderLines() => Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private Dictionary<string, string>? ReadHeaders()
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in HeaderLines())
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0) headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return headers.Count == 0 ? null : headers;
    }
}
