using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Clickpath.Loading;

/// <summary>A file's text as a UTF-8 stream, unpacked and, from UTF-16, converted; its bytes on disk are hashed on the way.</summary>
internal sealed class InputContent : IDisposable
{
    private readonly InputFile _file;
    private readonly HashedStream _disk;
    private readonly Stream _text;

    /// <exception cref="ClickpathException">The file cannot be opened.</exception>
    public InputContent(InputFile file)
    {
        _file = file;
        var (isPacked, encoding) = Guarded(Encodings);
        _disk = Guarded(() => new HashedStream(File.OpenRead(file.Path)));
        _text = isPacked ? new CheckedGzipStream(_disk, file.Path) : _disk;
        if (encoding is not null)
            _text = Encoding.CreateTranscodingStream(_text, encoding, new UTF8Encoding(false));
    }

    /// <summary>Bytes on disk; all of them once <see cref="Finish"/> was called.</summary>
    public long ByteCount => _disk.ByteCount;

    /// <summary>Whether a file is, byte for byte, what was loaded from it before.</summary>
    /// <exception cref="ClickpathException">The file cannot be read.</exception>
    public static bool Is(InputFile file, LoadedFile loaded)
    {
        if (file.Name != loaded.Name)
            return false;
        using var disk = Guarded(file, () => File.OpenRead(file.Path));
        return disk.Length == loaded.Bytes && Guarded(file, () => Convert.ToHexStringLower(SHA256.HashData(disk))) == loaded.Sha256;
    }

    /// <summary>Fills the buffer unless the text ends first.</summary>
    /// <returns>How many bytes were read.</returns>
    /// <exception cref="ClickpathException">The archive is damaged, or the disk fails.</exception>
    public int Read(Memory<byte> buffer) => Guarded(() => _text.ReadAtLeast(buffer.Span, buffer.Length, throwOnEndOfStream: false));

    /// <summary>The hash of all bytes on disk, also of those behind the end of a packed text.</summary>
    public string Finish() => Guarded(_disk.Finish);

    public void Dispose()
    {
        _text.Dispose();
        _disk.Dispose();
    }

    private (bool IsPacked, Encoding? Encoding) Encodings()
    {
        using var disk = File.OpenRead(_file.Path);
        Span<byte> start = stackalloc byte[2];
        var length = disk.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        // What the bytes say counts; a name that promises an archive is believed too, so that a damaged one is found out.
        var isPacked = length > 0 &&
            (start is [0x1F, 0x8B] || _file.Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase));
        if (isPacked)
        {
            disk.Position = 0;
            using var unpacked = new GZipStream(disk, CompressionMode.Decompress);
            start.Clear();
            unpacked.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        }

        return (isPacked, start switch
        {
            [0xFF, 0xFE] => Encoding.Unicode,
            [0xFE, 0xFF] => Encoding.BigEndianUnicode,
            _ => null,
        });
    }

    private T Guarded<T>(Func<T> read) => Guarded(_file, read);

    private static T Guarded<T>(InputFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new ClickpathException($"{file.Name}: the gzip archive is damaged or cut off. Fetch the file again, or take it out of the events.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClickpathException($"{file.Name}: cannot be read ({e.Message}). Check the file and its permissions.", e);
        }
    }

    /// <summary>Hashes and counts what is read through it.</summary>
    private sealed class HashedStream(FileStream disk) : ReadStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long ByteCount { get; private set; }

        public string Finish()
        {
            Span<byte> rest = stackalloc byte[4096];
            while (Read(rest) > 0)
            {
                // Only the hash is wanted.
            }

            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }

        public override int Read(Span<byte> buffer)
        {
            var count = disk.Read(buffer);
            _hash.AppendData(buffer[..count]);
            ByteCount += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            disk.Dispose();
            base.Dispose(disposing);
        }
    }
}
