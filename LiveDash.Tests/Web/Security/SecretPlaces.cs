using System.Text.Json;
using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Tests.Web.Security;

/// <summary>Every place where a secret can be set, with a marked one in it. <see cref="SecretsTests"/> compares it with the code.</summary>
internal static class SecretPlaces
{
    /// <summary>What is searched for.</summary>
    public const string Mark = "MARKED-3f9c2b7d";

    /// <summary>Fields of a channel that are secret, or may hold one.</summary>
    public static readonly string[] ChannelSecrets = ["Url", "Headers", "Secret", "Password"];

    /// <summary>Fields of a channel that are shown.</summary>
    public static readonly string[] ChannelPlain = ["Name", "Default", "Kind", "Template", "Host", "Port", "From", "To", "User", "Tls", "Command"];

    /// <summary>A queue that cannot be set beside the one of <see cref="Settings"/>; it is not there, and a test of its own reads what is said of it.</summary>
    public static readonly KeyValuePair<string, string> OtherQueue = new("LiveDash:Jobs:PostgreSQL", $"Host=127.0.0.1;Port=1;Username=keeper;Password={Mark};Database=livedash;Timeout=1");

    /// <summary>The connection strings of stores that are not there: with one of them the app does not start, and a test of its own reads what it says.</summary>
    public static readonly IReadOnlyDictionary<string, string> Stores = new Dictionary<string, string>
    {
        ["LiveDash:Storage:MongoDB"] = $"mongodb://keeper:{Mark}@127.0.0.1:1/livedash?serverSelectionTimeoutMS=100&connectTimeoutMS=100",
        ["LiveDash:Storage:PostgreSQL"] = $"Host=127.0.0.1;Port=1;Username=keeper;Password={Mark};Database=livedash;Timeout=1",
    };

    /// <summary>Rows of the README that speak of such things and hold none.</summary>
    public static readonly string[] NoSecrets = ["`LiveDash:Security:KeyFile`"];

    /// <summary>Settings of files, the environment and the command line.</summary>
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["LiveDash:Connections:lab"] = $"mongodb://reader:{Mark}@127.0.0.1:1/test?serverSelectionTimeoutMS=50",
        ["LiveDash:Jobs:Redis"] = $"127.0.0.1:1,password={Mark},connectTimeout=100,abortConnect=false",
        ["LiveDash:Jobs:WorkerKey"] = $"{Mark}-{Mark}",
        ["LiveDash:Security:Oidc:Authority"] = "http://127.0.0.1:1",
        ["LiveDash:Security:Oidc:ClientId"] = "livedash",
        ["LiveDash:Security:Oidc:ClientSecret"] = Mark,
        ["LiveDash:Security:Oidc:DefaultRole"] = "viewer",
        ["LiveDash:Otlp:Export:Endpoint"] = $"http://user:{Mark}@127.0.0.1:1/v1/metrics?key={Mark}",
        ["LiveDash:Sources:filed:kind"] = "mqtt",
        ["LiveDash:Sources:filed:host"] = "127.0.0.1",
        ["LiveDash:Sources:filed:topics"] = "x",
        ["LiveDash:Sources:filed:user"] = "reader",
        ["LiveDash:Sources:filed:password"] = Mark,
    };

    /// <summary>Channels of all that hold secrets.</summary>
    public static string Channels => $$$"""
        [{"name":"post","kind":"webhook","url":"http://127.0.0.1:1/hook/{{{Mark}}}?token={{{Mark}}}","secret":"{{{Mark}}}-{{{Mark}}}","headers":{"Authorization":"Bearer {{{Mark}}}","X-Token":"{{{Mark}}}"}},
         {"name":"chat","kind":"slack","url":"http://127.0.0.1:1/services/{{{Mark}}}"},
         {"name":"mail","kind":"mail","host":"127.0.0.1","port":1,"from":"a@example.org","to":["b@example.org"],"user":"u","password":"{{{Mark}}}","tls":true}]
        """;

    /// <summary>A connection that is set up on the page.</summary>
    public static string Collections => $$$"""{"connections":[{"name":"paged","address":"mongodb://reader:{{{Mark}}}@127.0.0.1:1/test?serverSelectionTimeoutMS=50"}],"collections":[{"name":"places","connection":"paged","collection":"c","series":"places","point":"pt"}]}""";

    /// <summary>The setting as the README's table writes it.</summary>
    public static string InReadme(string key) => key.Split(':') switch
    {
        [_, "Connections", ..] => "`LiveDash:Connections:<Name>`",
        [_, _, "Oidc", ..] => "`LiveDash:Security:Oidc:Authority`",
        [_, "Sources", ..] => "`LiveDash:Sources:<name>:kind`",
        [_, "Otlp", ..] => "`LiveDash:Otlp:Export:Endpoint`",
        [.., "Redis"] => "`LiveDash:Jobs:Redis`",
        _ => $"`{key}`",
    };

    /// <summary>A source of a kind, with the mark in each of its secrets and something that can be saved in the rest.</summary>
    public static string Source(SourceKind kind)
    {
        var values = new Dictionary<string, string>();
        foreach (var field in kind.Fields)
        {
            if (field.Type == SourceFieldType.Secret) values[field.Key] = SecretOf(kind.Name, field.Key);
            else if (field is { IsRequired: true, Default.Length: 0 }) values[field.Key] = field.Type == SourceFieldType.Address ? "http://127.0.0.1:1" : "x";
        }

        if (kind.Fields.Any(static field => field.Key == "user")) values["user"] = "reader";
        if (kind.Fields.Any(static field => field.Key == "port")) values["port"] = "1";
        return JsonSerializer.Serialize(new { kind = kind.Name, enabled = true, values });
    }

    private static string SecretOf(string kind, string key) => (kind, key) switch
    {
        (_, "url") => $"nats://reader:{Mark}@127.0.0.1:1",
        (_, "uri") => $"amqp://reader:{Mark}@127.0.0.1:1/",
        (_, "connection") => $"127.0.0.1:1,password={Mark},connectTimeout=100",
        (_, "options") => $"sasl.username=reader\nsasl.password={Mark}\nsecurity.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN",
        _ => Mark,
    };
}
