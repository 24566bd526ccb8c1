using LiveDash.Core.Postgres;
using LiveDash.Core.Storage.Postgres;

namespace LiveDash.Tests.Core.Storage;

public class PostgresAddressTests
{
    [Theory]
    [InlineData("Host=db;Port=5433;Database=points;Username=me;Password=hush", "postgresql://db:5433/points (schema livedash)")]
    [InlineData("postgresql://me:hu%20sh@db:5433/points?sslmode=require&search_path=other", "postgresql://db:5433/points (schema other)")]
    [InlineData("postgres://me@db/points", "postgresql://db:5432/points (schema livedash)")]
    [InlineData("Host=db;Username=me", "postgresql://db:5432/me (schema livedash)")]
    public void TryParse_Sound_TellsEverythingButThePassword(string text, string expected)
    {
        Assert.True(PostgresAddress.TryParse(text, out var address, out var fault), fault);

        Assert.Equal(expected, address!.ToString());
    }

    [Theory]
    [InlineData("hush", "no connection string")]
    [InlineData("Host=db;Hush=1", "no connection string")]
    [InlineData("postgresql://me:hush@", "no connection string")]
    [InlineData("postgresql://me:hush@db/points?hush=1", "no connection string")]
    [InlineData("Database=points;Password=hush", "no host")]
    [InlineData("Host=db;Password=hush;Pooling=true", "Pooling")]
    [InlineData("Host=db;Password=hush;Search Path=Mine", "Search Path")]
    [InlineData("Host=db;Password=hush;Search Path=a,b", "Search Path")]
    public void TryParse_Unsound_TellsWhyAndNothingOfIt(string text, string why)
    {
        Assert.False(PostgresAddress.TryParse(text, out _, out var fault));

        Assert.Contains(why, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", fault, StringComparison.OrdinalIgnoreCase);
    }
}
