using System.Globalization;
using LiveDash.Core.Storage;

namespace LiveDash.Web;

/// <summary>
/// <c>check</c> and <c>repair</c> on the command line: read the whole database of the data directory and say what is damaged, or make a sound one of all that can be
/// read. A server that runs on the same directory holds it.
/// </summary>
internal static class StoreCommand
{
    /// <summary>Runs it.</summary>
    /// <param name="args">The word <c>check</c> or <c>repair</c>, and settings.</param>
    /// <returns>0 where all is sound (check), or nothing was lost (repair); 1 where there is damage; 2 when it could not begin.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // Built for its settings; never started.
        await using var app = LiveDashApp.Build([.. args[1..], "--urls", "http://127.0.0.1:0"]);
        var store = app.Services.GetRequiredService<IStoreMaintenance>();
        try
        {
            return args[0] == "check" ? Check(store) : Repair(store, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        }
        catch (StoreUnavailableException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static int Check(IStoreMaintenance store)
    {
        if (store.Check() is not { } faults) return None(store);
        foreach (var fault in faults) Console.WriteLine(fault);
        Console.WriteLine(faults.Count == 0
            ? $"The database in {store.Place} is sound."
            : $"{faults.Count} faults. 'repair' makes a sound database of all that can be read and keeps this one beside it.");
        return faults.Count == 0 ? 0 : 1;
    }

    private static int Repair(IStoreMaintenance store, DateTimeOffset now)
    {
        if (store.Repair(now) is not { } report) return None(store);
        foreach (var damage in report.Damages) Console.WriteLine(Describe(damage));
        var lost = report.Damages.Sum(static damage => damage.Points);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Repaired: {lost:N0} points lost. The database as it was is kept as {report.Aside}."));
        return report.Damages.Any(static damage => !damage.IsRestored) ? 1 : 0;
    }

    private static string Describe(StoreDamage damage) => damage.Detail
        + (damage.Pages.Count > 0 ? $" Pages {string.Join(", ", damage.Pages)}." : "")
        + (damage.From is { } from ? string.Create(CultureInfo.InvariantCulture, $" From {from.UtcDateTime:O} to {damage.To!.Value.UtcDateTime:O}.") : "");

    private static int None(IStoreMaintenance store)
    {
        Console.WriteLine($"There is no database in {store.Place}.");
        return 2;
    }
}
