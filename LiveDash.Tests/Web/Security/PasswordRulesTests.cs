using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("three blind mice run")]
    [InlineData("9fK2!mQzr8Lp")]
    [InlineData("übermüdete Katzen")]
    [InlineData("correct horse battery staple")]
    public void Fault_OfAGoodPassword_IsNone(string password) => Assert.Null(PasswordRules.Fault("ada.lovelace", password));

    [Theory]
    [InlineData("short")]
    [InlineData("elevenchars")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("123456789012")]
    [InlineData("987654321098")]
    [InlineData("abcdefghijkl")]
    [InlineData("Qwertyuiop12")]
    [InlineData("password1234")]
    [InlineData("LiveDash2026!")]
    [InlineData("Ada.Lovelace1!")]
    [InlineData("monkeymonkey")]
    public void Fault_OfWhatIsTriedFirst_IsTold(string password) => Assert.NotNull(PasswordRules.Fault("ada.lovelace", password));

    [Fact]
    public void Holds_CommonPasswords_TheFirstThreeThousandThatAreLongEnoughAndMore()
    {
        var refused = new RefusedPasswords(null);
        var common = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "passwords", "common.txt")).Where(static line => line.Length is >= PasswordRules.MinLength and <= PasswordRules.MaxLength).Take(10_000).ToList();

        Assert.Equal(10_000, common.Count);
        foreach (var password in common.Where(static (_, i) => i % 500 == 0).Append("LeaveMeAlone")) Assert.True(refused.Holds(password), password);
        foreach (var good in new[] { "three blind mice run", "übermüdete Katzen", "", "leavemealonE2" }) Assert.False(refused.Holds(good), good);
    }

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", ":37")]
    public void Holds_OfSortedHashes_EachOneAndNoOther(string lineEnd, string behind)
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "hashes.txt");
        static string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
        foreach (var count in new[] { 1, 2, 3, 1_000 })
        {
            // Lines of several lengths, as counts have.
            File.WriteAllText(file, string.Concat(Enumerable.Range(0, count).Select(static i => Hash("breached " + i)).Order(StringComparer.Ordinal).Select((hash, i) => hash + (behind.Length > 0 ? behind + new string('0', i % 5) : "") + lineEnd)));
            var refused = new RefusedPasswords(file);

            for (var i = 0; i < count; i++) Assert.True(refused.Holds("breached " + i), $"{i} of {count}");
            Assert.True(refused.Holds("Breached 0"));
            for (var i = count; i < count + 200; i++) Assert.False(refused.Holds("breached " + i), $"{i} of {count}");
        }
    }

    [Fact]
    public void File_OfTheSettings_HoldsItsLinesAndIsNamedWhereItCannotBeRead()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "own.txt");
        File.WriteAllLines(file, ["our old password", "the name of the street"]);
        Assert.True(new RefusedPasswords(file).Holds("The Name Of The Street"));

        Assert.Contains(RefusedPasswords.Setting, Assert.Throws<SettingsException>(() => new RefusedPasswords(file + ".none")).Faults[0], StringComparison.Ordinal);
        using (var large = File.OpenWrite(file)) large.SetLength(RefusedPasswords.MaxPlainBytes + 1);
        Assert.Contains("SHA-1", Assert.Throws<SettingsException>(() => new RefusedPasswords(file)).Faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Common_ThatCannotBeRead_AreToldAtTheStart()
    {
        using var directory = new TempDirectory();

        var told = Assert.Throws<SettingsException>(() => new RefusedPasswords(null, Path.Combine(directory.Path, "none.txt"))).Faults[0];

        Assert.Contains("none.txt', which belong to the program, cannot be read", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_WhileTheListCannotBeRead_SaysItAndTheAddressIsStillGood()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "own.txt");
        File.WriteAllText(file, "our old password\n");
        await using var accounts = await AccountsApp.StartAsync(settings: ["--LiveDash:Security:RefusedPasswords=" + file]);
        using var owner = new Person(accounts.App);
        File.Delete(file);

        using var unread = await owner.JoinAsync(accounts.FirstToken()!, "ada");

        Assert.Equal(System.Net.HttpStatusCode.OK, unread.StatusCode);
        Assert.Contains("cannot be read now", await unread.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        File.WriteAllText(file, "our old password\n");
        using var joined = await owner.JoinAsync(accounts.FirstToken()!, "ada");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, joined.StatusCode);
    }

    [Fact]
    public async Task Join_EndedByAFault_GivesTheAddressBack()
    {
        var faulty = new FaultOnce();
        await using var accounts = await AccountsApp.StartAsync(services => services.AddSingleton<IPasswordValidator<AccountUser>>(faulty));
        using var owner = new Person(accounts.App);

        using var failed = await owner.JoinAsync(accounts.FirstToken()!, "ada");

        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, failed.StatusCode);
        using var joined = await owner.JoinAsync(accounts.FirstToken()!, "ada");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, joined.StatusCode);
    }

    [Fact]
    public async Task Join_RefusedAgainAndAgain_IsToldTooManyTriesAndNeverThatItIsUsedUp()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var owner = new Person(accounts.App);
        for (var i = 0; i < 11; i++)
        {
            using var common = await owner.JoinAsync(accounts.FirstToken()!, "ada", "leavemealone");
            Assert.Equal(System.Net.HttpStatusCode.OK, common.StatusCode);
            Assert.Contains(i < 10 ? "among those that are tried first" : SignInDesk.TooMany, await common.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var looked = await owner.PageAsync("/join/" + accounts.FirstToken());
        Assert.Equal(System.Net.HttpStatusCode.OK, looked.StatusCode);
    }

    [Fact]
    public async Task Join_WithACommonPassword_IsRefusedInASentence()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var owner = new Person(accounts.App);

        using var common = await owner.JoinAsync(accounts.FirstToken()!, "ada", "leavemealone");

        Assert.Contains("among those that are tried first", await common.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var joined = await owner.JoinAsync(accounts.FirstToken()!, "ada");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, joined.StatusCode);
    }

    // As a store that takes nothing now.
    private sealed class FaultOnce : IPasswordValidator<AccountUser>
    {
        private int _asked;

        public Task<IdentityResult> ValidateAsync(UserManager<AccountUser> manager, AccountUser user, string? password) =>
            Interlocked.Increment(ref _asked) == 1 ? throw new InvalidOperationException("Nothing is taken now.") : Task.FromResult(IdentityResult.Success);
    }
}
