using LiveDash.Core.Postgres;
using Npgsql;

namespace LiveDash.Core.Storage.Postgres;

/// <summary>The tables; docs/STORES.md tells what stands in them. Stateless.</summary>
internal static class PostgresSchema
{
    /// <summary>The version of the tables; a newer one is refused.</summary>
    private const int Format = 2;

    /// <summary>What the tables become with the first block of summaries, which older versions would take for points as they came, and merge as such.</summary>
    public const int Summaries = 2;

    /// <summary>Whether the schema's blocks say of what step they are; those of a server before this version do not.</summary>
    public static bool HasSteps(NpgsqlConnection connection, string schema) =>
        connection.Ask<bool>("SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname = 'step' AND NOT attisdropped)", schema + ".block");

    // Bodies are compressed already, and are read whole. A name may hold any character, which a text may not.
    private const string Tables = """
        CREATE TABLE owner (one boolean PRIMARY KEY CHECK (one), format integer NOT NULL, epoch bigint NOT NULL, change bigint NOT NULL, last_id bigint NOT NULL, who text NOT NULL, since timestamptz NOT NULL);
        INSERT INTO owner VALUES (true, 1, 0, 0, 0, '', now());
        CREATE TABLE series (id bigint PRIMARY KEY, name bytea NOT NULL, tags text NOT NULL);
        CREATE TABLE log (id bigint PRIMARY KEY, points integer NOT NULL, body bytea NOT NULL);
        CREATE TABLE block (
            id bigint PRIMARY KEY, change bigint NOT NULL, series integer NOT NULL, points integer NOT NULL, bytes integer NOT NULL,
            min_time bigint NOT NULL, max_time bigint NOT NULL, max_id bigint NOT NULL, senders boolean NOT NULL,
            min_x double precision, min_y double precision, max_x double precision, max_y double precision, body bytea NOT NULL);
        CREATE TABLE pending (change bigint PRIMARY KEY, last_id bigint NOT NULL, gone bigint[] NOT NULL);
        CREATE TABLE document (kind text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, body bytea NOT NULL, PRIMARY KEY (kind, id));
        ALTER TABLE log ALTER COLUMN body SET STORAGE EXTERNAL;
        ALTER TABLE block ALTER COLUMN body SET STORAGE EXTERNAL;
        """;

    /// <summary>Makes schema and tables where they are missing; the session holds the lock.</summary>
    /// <exception cref="StoreUnavailableException">A newer version of LiveDash wrote it.</exception>
    public static void Prepare(NpgsqlConnection connection, PostgresAddress address)
    {
        using var transaction = connection.BeginTransaction();
        if (connection.Ask<bool>("SELECT NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)", address.Schema)) connection.Do($"CREATE SCHEMA {address.Schema}");
        if (connection.Ask<bool>("SELECT to_regclass($1) IS NULL", address.Schema + ".owner")) connection.Do(Tables);
        // Of what length in milliseconds the rows are summaries; 0 for points as they came.
        if (!HasSteps(connection, address.Schema)) connection.Do("ALTER TABLE block ADD COLUMN step bigint NOT NULL DEFAULT 0");
        // Those who read beside the owner ask for a few series at a time.
        connection.Do("CREATE INDEX IF NOT EXISTS block_series ON block (series, min_time)");
        transaction.Commit();
        Check(connection.Ask<int>("SELECT format FROM owner"));
    }

    /// <summary>Looks whether this version knows the tables.</summary>
    /// <exception cref="StoreUnavailableException">A newer version of LiveDash wrote them.</exception>
    public static void Check(int format)
    {
        if (format > Format)
        {
            throw new StoreUnavailableException(
                $"The database was written by a newer LiveDash (format {format}, this one knows {Format}). Start that version, or name another database in LiveDash:Storage:PostgreSQL.");
        }
    }
}
