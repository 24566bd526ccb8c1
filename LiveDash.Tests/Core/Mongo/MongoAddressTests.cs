using LiveDash.Core.Mongo;
using MongoDB.Driver;

namespace LiveDash.Tests.Core.Mongo;

public class MongoAddressTests
{
    [Theory]
    [InlineData("mongodb://127.0.0.1:27017/livedash", "mongodb://127.0.0.1:27017/livedash")]
    [InlineData("mongodb://dash:s3cret%40x@a:1,b:2/points?replicaSet=rs0&authSource=admin", "mongodb://a:1,b:2/points")]
    [InlineData("mongodb://127.0.0.1", "mongodb://127.0.0.1:27017/")]
    public void TryParse_SoundString_IsTakenAndToldWithoutUserAndPassword(string text, string told)
    {
        Assert.True(MongoAddress.TryParse(text, out var address, out var fault), fault);
        Assert.Equal(told, address!.ToString());
    }

    [Theory]
    [InlineData("mongodb://a/b?timeoutMS=100", "timeoutMS")]
    [InlineData("mongodb://a/b?retryWrites=true&servrSelectionTimeoutMS=1", "servrSelectionTimeoutMS")]
    [InlineData("mongodb://a/b?w=1", "w")]
    [InlineData("mongodb://a/b?readPreference=secondary", "readPreference")]
    [InlineData("mongodb://a/b?journal=false", "journal")]
    public void TryParse_OptionThatWouldNotBeDone_IsRefusedByName(string text, string option)
    {
        Assert.False(MongoAddress.TryParse(text, out _, out var fault));
        Assert.Contains($"the option {option} ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://dash:s3cret@a/b")]
    [InlineData("mongodb://dash:s3cret/x@a/b")]
    [InlineData("mongodb://dash:s3cret@/b")]
    [InlineData("s3cret")]
    [InlineData("")]
    public void TryParse_NoConnectionString_IsRefusedWithoutAWordOfIt(string text)
    {
        Assert.False(MongoAddress.TryParse(text, out _, out var fault));
        Assert.DoesNotContain("s3cret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_EveryOptionTaken_IsKnownToTheDriver()
    {
        // The driver's own word, for the ones whose value it keeps: a wrong value is refused, which one it passes over is not.
        foreach (var option in (string[])["connectTimeoutMS", "heartbeatIntervalMS", "maxPoolSize", "minPoolSize", "serverSelectionTimeoutMS", "socketTimeoutMS", "waitQueueTimeoutMS", "tls", "retryWrites", "retryReads", "directConnection", "loadBalanced", "localThresholdMS", "maxIdleTimeMS", "maxLifeTimeMS", "maxConnecting", "srvMaxHosts", "zlibCompressionLevel", "serverMonitoringMode"])
        {
            Assert.ThrowsAny<Exception>(() => MongoUrl.Create($"mongodb://a/b?{option}=nonsense"));
        }

        // And the reason for all this: what it does not know it says nothing about.
        Assert.Equal("b", MongoUrl.Create("mongodb://a/b?timeoutMS=nonsense").DatabaseName);
    }
}
