using System.Buffers.Binary;
using System.IO.Compression;

namespace Clickpath.Loading;

/// <summary>Unpacks gzip, and tells an archive that was cut off, which GZipStream takes for one that ends.</summary>
/// <param name="packed">The archive, read once.</param>
/// <param name="path">The archive again, for its trailer.</param>
internal sealed class CheckedGzipStream(Stream packed, string path) : ReadStream
{
    // Marks that stand in packed data by chance are rare, and those put there on purpose are not worth the time.
    private const int MostTries = 64;

    private static readonly byte[] MemberStart = [0x1F, 0x8B, 0x08];

    private readonly GZipStream _unpacked = new(packed, CompressionMode.Decompress, leaveOpen: true);
    private long _length;

    /// <exception cref="InvalidDataException">The archive is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = _unpacked.Read(buffer);
        _length += count;
        if (count == 0 && !buffer.IsEmpty)
            CheckEnd();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _unpacked.Dispose();
        base.Dispose(disposing);
    }

    // RFC 1952: the last four bytes are the length, modulo 2^32, of what the last member holds.
    private void CheckEnd()
    {
        using var archive = File.OpenRead(path);
        if (archive.Length < 18)
            throw new InvalidDataException("An archive has 18 bytes at least.");
        Span<byte> trailer = stackalloc byte[4];
        archive.Position = archive.Length - 4;
        archive.ReadExactly(trailer);
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (expected != (uint)_length && !HasLastMember(archive, expected))
            throw new InvalidDataException("The archive ends too early.");
    }

    // Archives may be strung together; then one that starts at a later mark has just that length.
    private static bool HasLastMember(FileStream archive, uint expected)
    {
        archive.Position = 0;
        var bytes = new byte[archive.Length];
        archive.ReadExactly(bytes);
        var start = bytes.AsSpan().LastIndexOf(MemberStart);
        for (var tries = 0; start > 0 && tries < MostTries; tries++, start = bytes.AsSpan(0, start).LastIndexOf(MemberStart))
        {
            if (UnpackedLength(new MemoryStream(bytes, start, bytes.Length - start)) == expected)
                return true;
        }

        return false;
    }

    private static long UnpackedLength(Stream member)
    {
        try
        {
            using var unpacked = new GZipStream(member, CompressionMode.Decompress);
            var buffer = new byte[1 << 16];
            var length = 0L;
            for (var count = unpacked.Read(buffer); count > 0; count = unpacked.Read(buffer))
                length += count;
            return (uint)length;
        }
        catch (InvalidDataException)
        {
            return -1;
        }
    }
}
