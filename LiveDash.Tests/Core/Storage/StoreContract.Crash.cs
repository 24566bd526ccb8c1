using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

public abstract partial class StoreContract
{
    [StoreFact]
    public async Task OpenAsync_CutOffAfterEveryWrite_HoldsWhatWasAcknowledgedAndNothingByHalves()
    {
        var finished = false;
        for (var writes = 0; !finished; writes++)
        {
            Assert.True(writes < 500, "The work never came to its end.");
            await using var store = await OpenAsync(static options => options.SealPoints = 16_000_000);
            var ledger = new StoreLedger(store);
            store.CutAfter(writes);
            finished = await ledger.WorkAsync();
            await using var after = await store.AfterCrashAsync();
            await ledger.CheckAsync(after, $"cut off after {writes} writes");
        }
    }
}
