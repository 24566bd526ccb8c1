using System.Collections.Frozen;
using MongoDB.Driver;

namespace LiveDash.Core.Mongo;

/// <summary>
/// A connection string of MongoDB that was checked before it is used: the driver passes over options that it does not know without a word, and tells
/// passwords in its messages. What this type writes as text holds no password. Immutable.
/// </summary>
public sealed class MongoAddress
{
    private static readonly FrozenSet<string> s_options = new[]
    {
        "appname", "authmechanism", "authmechanismproperties", "authsource", "compressors", "connecttimeout", "connecttimeoutms", "directconnection",
        "heartbeatfrequency", "heartbeatfrequencyms", "heartbeatinterval", "heartbeatintervalms", "loadbalanced", "localthreshold", "localthresholdms",
        "maxconnecting", "maxidletime", "maxidletimems", "maxlifetime", "maxlifetimems", "maxpoolsize", "minpoolsize", "replicaset", "retryreads",
        "retrywrites", "servermonitoringmode", "serverselectiontimeout", "serverselectiontimeoutms", "sockettimeout", "sockettimeoutms", "srvmaxhosts",
        "srvservicename", "ssl", "tls", "tlsdisablecertificaterevocationcheck", "tlsinsecure", "waitqueuetimeout", "waitqueuetimeoutms",
        "zlibcompressionlevel",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // What LiveDash sets itself, because its promises rest on it.
    private static readonly FrozenSet<string> s_own = new[]
    {
        "fsync", "j", "journal", "readconcernlevel", "readpreference", "readpreferencetags", "maxstaleness", "maxstalenessseconds", "w", "wtimeout", "wtimeoutms",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly MongoUrl _url;

    private MongoAddress(MongoUrl url)
    {
        _url = url;
        Database = url.DatabaseName;
        Text = $"{(url.Scheme == MongoDB.Driver.Core.Configuration.ConnectionStringScheme.MongoDBPlusSrv ? "mongodb+srv" : "mongodb")}://{string.Join(',', url.Servers)}/{Database}";
    }

    /// <summary>The database named in it; null for none.</summary>
    public string? Database { get; }

    /// <summary>Scheme, servers and database: no user, no password, no option.</summary>
    public string Text { get; }

    /// <summary>Checks a connection string.</summary>
    /// <param name="text">The string, with the password in it.</param>
    /// <param name="address">The address, where it is sound.</param>
    /// <param name="fault">What is wrong with it, without a word of its content but names of options.</param>
    public static bool TryParse(string text, out MongoAddress? address, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        (address, fault) = (null, null);
        var query = text.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0)
        {
            foreach (var option in text[(query + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static o => o.Split('=')[0]))
            {
                if (s_own.Contains(option)) fault = $"the option {Short(option)} is LiveDash's own to set (writes wait for a majority and the journal, reads go to the primary): leave it out";
                else if (!s_options.Contains(option)) fault = $"the option {Short(option)} is not known to the driver, which would ignore it without a word: leave it out";
                if (fault is not null) return false;
            }
        }

        try
        {
            address = new MongoAddress(MongoUrl.Create(text));
            return true;
        }
        catch (Exception e) when (e is MongoConfigurationException or ArgumentException or FormatException)
        {
            // Its message may hold the whole string.
            fault = "it is no connection string: write mongodb://[user:password@]host[:port][,host...]/database[?options], with :/?#[]@ and % in user and password percent-encoded";
            return false;
        }
    }

    /// <summary>A client of its own: clients of other purposes share no connection with it, since a full pool stalls all that use it.</summary>
    /// <param name="purpose">Tells it apart in the server's log, and from other clients here.</param>
    internal MongoClient Connect(string purpose)
    {
        var settings = MongoClientSettings.FromUrl(_url);
        settings.ApplicationName = $"LiveDash {purpose}";
        settings.WriteConcern = new WriteConcern("majority", TimeSpan.FromSeconds(10), journal: true);
        settings.ReadPreference = ReadPreference.Primary;
        // Unless asked for otherwise: half a minute without any server is long for a person, and for ever without an answer is too long for all.
        if (_url.ServerSelectionTimeout == MongoDefaults.ServerSelectionTimeout) settings.ServerSelectionTimeout = TimeSpan.FromSeconds(5);
        if (_url.SocketTimeout == MongoDefaults.SocketTimeout) settings.SocketTimeout = TimeSpan.FromSeconds(30);
        return new MongoClient(settings);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string Short(string option) => option.Length <= 40 ? option : option[..40];
}
