using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using Npgsql;

namespace LiveDash.Core.Postgres;

/// <summary>
/// A connection string of PostgreSQL that was checked before it is used, as <c>Host=...;Database=...</c> or <c>postgresql://...</c>. What this type writes as text
/// holds no password. Immutable.
/// </summary>
internal sealed class PostgresAddress
{
    /// <summary>The schema where the connection string names none (<c>Search Path</c>).</summary>
    public const string DefaultSchema = "livedash";

    // How long a server keeps the lock of an owner whose machine is gone: 10 s of silence and three questions, 5 s apart.
    private const string ServerSettings = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    // What LiveDash sets itself, because its promises rest on it.
    private static readonly FrozenSet<string> s_own =
        new[] { "options", "pooling", "multiplexing", "enlist", "no reset on close", "target session attributes" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> s_identifier = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    private readonly string _connection;

    private PostgresAddress(NpgsqlConnectionStringBuilder builder, string schema)
    {
        Schema = schema;
        Text = string.Create(CultureInfo.InvariantCulture, $"postgresql://{builder.Host}:{builder.Port}/{builder.Database ?? builder.Username} (schema {schema})");
        builder.SearchPath = schema;
        _connection = builder.ConnectionString;
    }

    /// <summary>The schema that everything stands in: lower-case letters, digits and underscores.</summary>
    public string Schema { get; }

    /// <summary>Server, database and schema: no user, no password, no option.</summary>
    public string Text { get; }

    /// <summary>Checks a connection string.</summary>
    /// <param name="text">The string, with the password in it.</param>
    /// <param name="address">The address, where it is sound.</param>
    /// <param name="fault">What is wrong with it, without a word of its content but names of options.</param>
    /// <param name="schema">The schema where it names none.</param>
    public static bool TryParse(string text, out PostgresAddress? address, out string? fault, string schema = DefaultSchema)
    {
        (address, fault) = (null, null);
        try
        {
            var builder = text.StartsWith("postgresql://", StringComparison.Ordinal) || text.StartsWith("postgres://", StringComparison.Ordinal) ? OfUri(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            foreach (string option in builder.Keys)
            {
                if (s_own.Contains(option)) fault = $"the option {option} is LiveDash's own to set: leave it out";
            }

            if (builder.SearchPath is { Length: > 0 } path) schema = path;
            if (string.IsNullOrEmpty(builder.Host)) fault ??= "it names no host";
            if (schema.Length > 63 || char.IsAsciiDigit(schema[0]) || schema.AsSpan().ContainsAnyExcept(s_identifier)) fault ??= "Search Path must be one schema of lower-case letters, digits and underscores";
            if (fault is not null) return false;
            address = new PostgresAddress(builder, schema);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            // Its message may hold the whole string.
            fault = "it is no connection string: write Host=...;Port=...;Database=...;Username=...;Password=... or postgresql://user:password@host:port/database, with percent-encoding in the latter";
            return false;
        }
    }

    /// <summary>A connection of its own that the server ends soon after this machine is gone.</summary>
    public NpgsqlConnection Connect() =>
        new(new NpgsqlConnectionStringBuilder(_connection) { ApplicationName = "LiveDash", Pooling = false, KeepAlive = 10, MaxAutoPrepare = 16, Options = ServerSettings }.ConnectionString);

    /// <summary>Connections that are lent for a statement each; at most sixteen at once.</summary>
    /// <param name="name">What the server's list of sessions calls them.</param>
    public NpgsqlDataSource Pool(string name)
    {
        var builder = new NpgsqlConnectionStringBuilder(_connection) { ApplicationName = name, MaxAutoPrepare = 16 };
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, 16);
        return NpgsqlDataSource.Create(builder);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static NpgsqlConnectionStringBuilder OfUri(Uri uri)
    {
        var builder = new NpgsqlConnectionStringBuilder { Host = uri.IdnHost };
        if (uri.Port > 0) builder.Port = uri.Port;
        if (uri.AbsolutePath.Length > 1) builder.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        var who = uri.UserInfo.Split(':', 2);
        if (who[0].Length > 0) builder.Username = Uri.UnescapeDataString(who[0]);
        if (who.Length == 2) builder.Password = Uri.UnescapeDataString(who[1]);
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            var name = Uri.UnescapeDataString(pair[0]);
            // libpq's names for what the driver calls otherwise.
            builder[name switch { "sslmode" => "SSL Mode", "sslrootcert" => "Root Certificate", "connect_timeout" => "Timeout", "search_path" => "Search Path", _ => name }] =
                pair.Length == 2 ? Uri.UnescapeDataString(pair[1]).Replace("verify-", "Verify", StringComparison.Ordinal) : "";
        }

        return builder;
    }
}
