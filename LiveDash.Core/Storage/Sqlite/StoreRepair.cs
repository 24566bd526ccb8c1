using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Makes a sound database out of a damaged one: all that can be read, in a new file, and a record of what cannot. The damaged one is moved aside and never deleted.
/// </summary>
internal static class StoreRepair
{
    // Of a file that is damaged all over, the first pages say enough.
    private const int MostPages = 100;

    /// <summary>Repairs the database of a directory that is held and not open.</summary>
    /// <param name="files">The directory.</param>
    /// <param name="now">The clock, for names and records.</param>
    /// <param name="cause">What gave reason to.</param>
    /// <returns>The name the damaged file has now, and what was found.</returns>
    /// <exception cref="StoreUnavailableException">There is no room for a second copy.</exception>
    public static (string Aside, IReadOnlyList<StoreDamage> Damages) Run(StoreFiles files, DateTimeOffset now, string cause)
    {
        var needed = files.UsedBytes() + (1L << 20);
        if (files.FreeBytes() < needed)
        {
            throw new StoreUnavailableException(
                $"The database in '{files.Directory}' is damaged ({cause}), and repairing it takes {needed >> 20:N0} MiB of which {files.FreeBytes() >> 20:N0} are free. Make room and start again.");
        }

        var target = files.Database + "-repaired";
        File.Delete(target);
        new FileStream(target, OwnerOnly.Options(FileMode.CreateNew, FileAccess.Write)).Dispose();
        IReadOnlyList<StoreDamage> damages;
        using (var into = SqliteConnection.Open(target, write: true))
        {
            // Of no use to anybody before it is whole, so nothing is synced on the way.
            into.Execute("PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
            StoreSchema.Make(into);
            into.Execute("BEGIN");
            using (var salvage = new StoreSalvage(into))
            {
                salvage.Run(files.Database);
                damages = Complete(into, salvage, now, cause);
            }

            into.Execute("COMMIT");
        }

        using (var file = new FileStream(target, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
        var aside = files.MoveAside(now);
        File.Move(target, files.Database);
        return (aside, damages);
    }

    private static List<StoreDamage> Complete(SqliteConnection into, StoreSalvage salvage, DateTimeOffset now, string cause)
    {
        var damages = new List<StoreDamage>();
        NameTheNameless(into, salvage, now, damages);
        NameLostBlocks(into, salvage, now, damages);
        foreach (var (id, (points, pages)) in salvage.LostCommits.OrderBy(static one => one.Key))
        {
            damages.Add(Damage(now, "commit", $"A commit of {points} points (ids {id} to {id + points - 1}) could not be read.") with { Points = points, Pages = pages });
        }

        damages.AddRange(salvage.LostDocuments().Select(one => Damage(now, "document", $"The document {one.Kind} '{one.Id}' could not be read.") with { Pages = [.. salvage.Pages] }));

        NameLostCommits(into, salvage, now, damages);
        // Bodies nobody knows the series of: both copies of the header are gone.
        var orphans = into.Scalar("SELECT count(*) FROM body WHERE id NOT IN (SELECT id FROM block)");
        if (orphans > 0)
        {
            damages.Add(Damage(now, "block", $"{orphans} blocks have lost both copies of their headers, so that nobody knows whose points they hold."));
            into.Execute("DELETE FROM body WHERE id NOT IN (SELECT id FROM block)");
        }

        var restored = salvage.Hit.Where(static what => what is "documents" or "series" or "headers").Order(StringComparer.Ordinal).ToList();
        if (restored.Count > 0 || damages.Count == 0)
        {
            // One document is the file's own, made a moment ago.
            var isEmpty = into.Scalar("SELECT (SELECT count(*) FROM series) + (SELECT count(*) FROM document)") <= 1;
            var what = isEmpty ? "Nothing in the file could be read"
                : restored.Count > 0 ? $"Damaged {string.Join(" and ", restored)} were taken over from their second copy"
                : "The file's own order was damaged and was made anew";
            damages.Add(Damage(now, "page", $"{what} ({cause}).") with { Pages = [.. salvage.Pages.Take(MostPages)], IsRestored = !isEmpty });
        }

        into.Execute($"INSERT INTO series_copy SELECT * FROM series; INSERT INTO block_copy SELECT * FROM block; INSERT OR REPLACE INTO document_copy SELECT * FROM document WHERE {DocumentTable.IsCopied}");
        if (into.Scalar("SELECT count(*) FROM block WHERE senders > 1") > 0) StoreSchema.NoteSteps(into);
        foreach (var damage in damages) DocumentTable.Put(into, StoreDamages.Kind, damage.Id, DocumentJson.Write(damage));
        return damages;
    }

    private static StoreDamage Damage(DateTimeOffset now, string part, string detail) => new() { Id = StoreDamages.NewId(), FoundAt = now, Part = part, Detail = detail };

    // A series whose name is lost keeps its number and its points, under a name that says so.
    private static void NameTheNameless(SqliteConnection into, StoreSalvage salvage, DateTimeOffset now, List<StoreDamage> damages)
    {
        var count = Math.Max(into.Scalar("SELECT max(id) + 1 FROM series"), into.Scalar("SELECT max(series) + 1 FROM block"));
        count = Math.Max(count, SeriesInLog(into));
        using var insert = into.Prepare("INSERT OR IGNORE INTO series (id, name, tags, sum) VALUES (?, ?, ?, ?)");
        for (long id = 0; id < count; id++)
        {
            if (into.Scalar($"SELECT count(*) FROM series WHERE id = {id}") > 0) continue;
            var key = new SeriesKey("livedash.lost", new Dictionary<string, string> { ["number"] = id.ToString(CultureInfo.InvariantCulture) });
            var tags = SeriesText.Tags(key);
            insert.Bind(1, id).Bind(2, key.Name).Bind(3, tags).Bind(4, RowChecks.OfSeries(id, key.Name, tags)).Run();
            damages.Add(Damage(now, "series", $"The name of series {id} could not be read in either copy; its points are kept as {key}.") with { Series = key.ToString(), Pages = [.. salvage.Pages] });
        }
    }

    // The numbers of points go on without a gap from commit to commit; only behind the last one nobody can tell whether there was another.
    private static void NameLostCommits(SqliteConnection into, StoreSalvage salvage, DateTimeOffset now, List<StoreDamage> damages)
    {
        var next = (StoreFacts.Read(into, StoreFacts.LastId) ?? 0) + 1;
        var known = damages.Count;
        using (var rows = into.Prepare("SELECT id, points FROM log ORDER BY id"))
        {
            while (rows.Step())
            {
                var gap = rows.Long(0) - next - salvage.LostCommits.Where(lost => lost.Key >= next && lost.Key < rows.Long(0)).Sum(static lost => lost.Value.Points);
                if (gap > 0)
                {
                    damages.Add(Damage(now, "commit", $"{gap} points with numbers from {next} to {rows.Long(0) - 1} stood on a page that could not be read.") with { Points = gap, Pages = [.. salvage.Pages.Take(MostPages)] });
                }

                next = Math.Max(next, rows.Long(0) + rows.Long(1));
            }
        }

        if (damages.Count > known || !salvage.Hit.Contains("commits")) return;
        damages.Add(Damage(now, "commit", "The newest commits may have stood on a page that could not be read; how many points is not known.") with { Pages = [.. salvage.Pages.Take(MostPages)] });
    }

    private static long SeriesInLog(SqliteConnection into)
    {
        var (group, most) = (new PointGroup(), 0L);
        using var rows = into.Prepare("SELECT body FROM log");
        while (rows.Step())
        {
            LogCodec.Decode(rows.Blob(0), group);
            foreach (var series in group.Series.AsSpan(0, group.Count)) most = Math.Max(most, series + 1L);
        }

        return most;
    }

    private static void NameLostBlocks(SqliteConnection into, StoreSalvage salvage, DateTimeOffset now, List<StoreDamage> damages)
    {
        using (var rows = into.Prepare(
            "SELECT b.id, b.points, b.min_time, b.max_time, s.name, s.tags FROM block b JOIN series s ON s.id = b.series WHERE b.id NOT IN (SELECT id FROM body) ORDER BY b.id"))
        {
            while (rows.Step())
            {
                // Set apart before, and on record.
                if (salvage.Quarantined.Contains(rows.Long(0))) continue;
                var series = SeriesText.Key(rows.Text(4), rows.Text(5)).ToString();
                damages.Add(StoreDamages.OfBlock(now, series, (int)rows.Long(1), rows.Long(2), rows.Long(3), "its body could not be read") with
                {
                    Pages = salvage.BadBodies.TryGetValue(rows.Long(0), out var pages) ? pages : [.. salvage.Pages],
                });
            }
        }

        into.Execute(
            "INSERT INTO quarantine SELECT * FROM block WHERE id NOT IN (SELECT id FROM body); DELETE FROM block WHERE id NOT IN (SELECT id FROM body)");
    }
}
